import { once } from "node:events"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { Clock, Effect, Exit } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { backUpWhenDue, superfluous } from "./keepBackups.ts"
import { createBackup } from "./createBackup.ts"
import { readPassphrase } from "./readPassphrase.ts"
import { restoreBackup } from "./restoreBackup.ts"

const passphrase = "correct horse battery staple"

describe("backup and restore", () => {
  const folder = mkdtempSync(join(tmpdir(), "withings-backup-test-"))
  const home = join(folder, "home")
  const path = join(folder, "bridge.backup")
  let writer: DatabaseSync
  const backUp = (options: { passphrase: string | null; withSignIns: boolean }) =>
    Effect.runPromise(createBackup({ home, path, ...options }))
  const restore = (to: string, passphrase: string | null) =>
    Effect.runPromiseExit(restoreBackup({ home: join(folder, to), path, passphrase }))
  const failure = (exit: Exit.Exit<unknown, unknown>) => JSON.stringify(Exit.isFailure(exit) && exit.cause)

  beforeAll(() => {
    mkdirSync(join(home, "matter", "node"), { recursive: true, mode: 0o700 })
    writeFileSync(join(home, "matter", "node", "fabrics"), "paired")
    writeFileSync(join(home, "config.yaml"), "withings: {client_secret: hush}")
    writeFileSync(join(home, "key"), "secret key", { mode: 0o600 })
    writer = new DatabaseSync(join(home, "bridge.db"))
    writer.exec("PRAGMA journal_mode = WAL; CREATE TABLE weight (id INTEGER PRIMARY KEY, kg REAL)")
  })
  afterAll(() => {
    writer.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it("copies the store as of one moment while another connection writes", async () => {
    const insert = writer.prepare("INSERT INTO weight (kg) VALUES (?)")
    for (let row = 0; row < 1000; row++) insert.run(row)
    writer.exec("BEGIN IMMEDIATE")
    insert.run(9999)
    expect(await backUp({ passphrase, withSignIns: false })).toEqual(["bridge.db", "config.yaml", "matter"])
    writer.exec("COMMIT")

    expect(Exit.isSuccess(await restore("second", passphrase))).toBe(true)
    const copy = new DatabaseSync(join(folder, "second", "bridge.db"), { readOnly: true })
    expect(copy.prepare("SELECT count(*) AS rows, max(kg) AS kg FROM weight").get()).toEqual({
      rows: 1000,
      kg: 999,
    })
    copy.close()
    expect(readFileSync(join(folder, "second", "matter", "node", "fabrics"), "utf8")).toBe("paired")
  })

  it("leaves out the socket and the lock of a bridge that runs", async () => {
    const socket = createServer().listen(join(home, "matter", "control.sock"))
    await once(socket, "listening")
    writeFileSync(join(home, "matter", "node", "matter.pid"), "1")
    expect(await backUp({ passphrase, withSignIns: false })).toContain("matter")
    socket.close()
    await restore("running", passphrase)
    expect(readdirSync(join(folder, "running", "matter"), { recursive: true })).toEqual([
      "node",
      join("node", "fabrics"),
    ])
    rmSync(join(home, "matter", "node", "matter.pid"))
  })

  it("takes the key along only when asked", async () => {
    expect(await backUp({ passphrase, withSignIns: true })).toContain("key")
    await restore("third", passphrase)
    expect(readFileSync(join(folder, "third", "key"), "utf8")).toBe("secret key")
    expect(statSync(join(folder, "third", "key")).mode & 0o777).toBe(0o600)
  })

  it("holds nothing readable, and opens only with its passphrase and undamaged", async () => {
    await backUp({ passphrase, withSignIns: true })
    const sealed = readFileSync(path)
    expect(sealed.includes("hush")).toBe(false)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(failure(await restore("fourth", "wrong"))).toContain("the passphrase is wrong")
    expect(failure(await restore("fourth", null))).toContain("needs its passphrase")
    const middle = Math.floor(sealed.length / 2)
    sealed.writeUInt8(sealed.readUInt8(middle) ^ 1, middle)
    writeFileSync(path, sealed)
    expect(failure(await restore("fourth", passphrase))).toContain("or the file is damaged")
  })

  it("restores a plain archive, and nothing into a folder in use", async () => {
    await backUp({ passphrase: null, withSignIns: false })
    expect(Exit.isSuccess(await restore("fifth", null))).toBe(true)
    expect(failure(await restore("fifth", null))).toContain("holds bridge.db, config.yaml, matter already")
    writeFileSync(path, "something else")
    expect(failure(await restore("sixth", null))).toContain("is not a backup of Withings Bridge")
  })

  it("is made by itself once a day, and keeps only the newest", async () => {
    const passphraseFile = join(folder, "passphrase")
    writeFileSync(passphraseFile, `${passphrase}\r\n`)
    expect(await Effect.runPromise(readPassphrase(passphraseFile))).toBe(passphrase)
    const settings = { folder: join(folder, "backups"), passphraseFile, everyDays: 1, keep: 2 }
    let now = Date.parse("2026-11-21T03:00:00Z")
    const clock = Object.assign(Clock.make(), { currentTimeMillis: Effect.sync(() => now) })
    const look = () => Effect.runPromise(Effect.withClock(backUpWhenDue(home, settings), clock))
    expect([await look(), await look()]).toEqual([true, false])
    expect(readdirSync(settings.folder)).toHaveLength(1)
    // The file itself is of today: only its name counts.
    now += 86_400_000
    writeFileSync(join(settings.folder, "withings-bridge-2999-01-01T00-00-00Z.backup"), "a clock was ahead")
    expect([await look(), await look()]).toEqual([true, false])
    now += 86_400_000
    expect([await look(), await look()]).toEqual([true, false])
    expect(readdirSync(settings.folder)).toEqual([
      "withings-bridge-2026-11-22T03-00-00Z.backup",
      "withings-bridge-2026-11-23T03-00-00Z.backup",
      "withings-bridge-2999-01-01T00-00-00Z.backup",
    ])
    expect(superfluous(["b", "a", "c"], 2)).toEqual(["a"])
    expect(superfluous(["a"], 2)).toEqual([])
  })
})
