import { execFileSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { expect, it, onTestFinished } from "vitest"
import { BridgeProcess, copyBridge } from "./BridgeProcess.ts"

const patience = 240_000

/** A bridge installed in a folder of its own, with a cache of its own. */
const installed = () => {
  const folder = mkdtempSync(join(tmpdir(), "withings-matter-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const script = copyBridge(folder)
  const home = join(folder, "home")
  const cache = join(folder, "cache", "withings-bridge")
  const env = {
    ...process.env,
    WITHINGS_MATTER_SNAPSHOT: "1",
    XDG_CACHE_HOME: join(folder, "cache"),
    NODE_OPTIONS: undefined,
  }
  const make = () => {
    const maker = join(folder, "make.mjs")
    writeFileSync(
      maker,
      'import { makeSnapshot } from "./quickStart.mjs"\nawait makeSnapshot(["--max-semi-space-size=2"])\n',
    )
    execFileSync(process.execPath, [maker], { env })
    return join(cache, readdirSync(cache).find((name) => name.endsWith(".snapshot")) ?? "nothing")
  }
  const start = async () => {
    const command = [process.execPath, script]
    const bridge = new BridgeProcess(home, 0, [], { command, env })
    const { manualPairingCode } = await bridge.ready
    const { pid } = bridge.process
    return {
      bridge,
      manualPairingCode,
      pid,
      fromSnapshot: readFileSync(`/proc/${pid}/cmdline`, "latin1").includes("--snapshot-blob"),
      /** What matter.js tells its own processes apart by. */
      token: readFileSync(join(home, "matter", "withings-bridge", "matter.pid"), "utf8").split(" ")[1],
    }
  }
  return { cache, make, start }
}

const canBegin = process.platform === "linux" && "execve" in process

it.skipIf(!canBegin)(
  "starts from a snapshot as from the bundle, and without it when it is damaged",
  { timeout: patience },
  async () => {
    const { make, start } = installed()
    const loaded = await start()
    expect(loaded.fromSnapshot).toBe(false)
    await loaded.bridge.stop("SIGKILL")

    const file = make()
    const first = await start()
    await first.bridge.stop("SIGKILL")
    const second = await start()
    await second.bridge.stop()

    for (const { fromSnapshot, manualPairingCode } of [first, second]) {
      expect(fromSnapshot).toBe(true)
      expect(manualPairingCode).toBe(loaded.manualPairingCode)
    }
    expect(new Set([loaded.token, first.token, second.token]).size).toBe(3)
    expect(readdirSync(dirname(file))).toEqual([basename(file)])

    writeFileSync(file, readFileSync(file).subarray(0, 1_000_000))
    await expect(start()).rejects.toThrow("The bridge ended")
    const without = await start()
    expect(without.fromSnapshot).toBe(false)
    await without.bridge.stop()

    expect(make()).toBe(file)
    const mended = await start()
    expect(mended.fromSnapshot).toBe(true)
    await mended.bridge.stop()
  },
)
