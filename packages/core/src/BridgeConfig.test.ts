import { spawnSync } from "node:child_process"
import { Effect, Redacted } from "effect"
import { it as effectIt } from "@effect/vitest"
import { chmodSync, existsSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect } from "vitest"
import { BridgeConfig } from "./BridgeConfig.ts"
import { dataSource } from "./dataSource.ts"

const it = effectIt.effect
const homeWith = (yaml: string | null) => {
  const home = mkdtempSync(join(tmpdir(), "withings-config-"))
  if (yaml !== null) writeFileSync(join(home, "config.yaml"), yaml)
  return home
}
const mistakes = (yaml: string, env = {}) => Effect.flip(BridgeConfig.loadWith({ home: homeWith(yaml), env }))

describe("BridgeConfig", () => {
  it("starts without any configuration", () =>
    Effect.gen(function* () {
      const config = yield* BridgeConfig.loadWith({ home: homeWith(null), env: {} })
      expect(config).toMatchObject({ clientId: "", profiles: [], pollEvery: 300, webhook: null })
      expect(dataSource(config)).toBe(null)
    }))

  it("reads the hub to follow from its own section, and wants all of it", () =>
    Effect.gen(function* () {
      const home = homeWith("hub:\n  url: https://hub.example.org\n  key: secret\n")
      const config = yield* BridgeConfig.loadWith({ home, env: {} })
      const { hub } = config
      expect(hub?.url).toBe("https://hub.example.org")
      expect([config.clientId, dataSource(config)]).toEqual(["", { kind: "hub", hub }])
      expect(hub === undefined ? null : Redacted.value(hub.key)).toBe("secret")
      const { mistakes: half } = yield* mistakes("hub:\n  url: https://hub.example.org\n")
      expect(half[0]?.wanted).toContain("both hub.url and hub.key")
      const { mistakes: wrong } = yield* mistakes("hub:\n  url: here\n  key: secret\n")
      expect(wrong[0]).toMatchObject({ key: "hub.url", line: 2 })
    }))

  it("reads the file, the environment over it, the app over both", () =>
    Effect.gen(function* () {
      const home = homeWith(
        "withings:\n  client_id: 123\n  client_secret: file\n  profiles: [Ann, Bob]\n  api_url: http://127.0.0.1:1/\n  webhook: {public_url: 'https://a.example', port: 9}\n",
      )
      const config = yield* BridgeConfig.loadWith({
        home,
        env: { WITHINGS_CLIENT_SECRET: "environment", WITHINGS_POLL_EVERY: "60", WITHINGS_PROFILES: "X" },
        settings: { profiles: ["Cid"] },
      })
      expect(config).toMatchObject({
        clientId: "123",
        profiles: ["Cid"],
        pollEvery: 60,
        apiUrl: "http://127.0.0.1:1",
        webhook: { publicUrl: "https://a.example", host: "127.0.0.1", port: 9 },
      })
      expect(Redacted.value(config.clientSecret)).toBe("environment")
    }))

  it("shows the essential values unless someone says otherwise, the app before the file", () =>
    Effect.gen(function* () {
      const values = (yaml: string | null, settings = {}) =>
        Effect.map(BridgeConfig.loadWith({ home: homeWith(yaml), env: {}, settings }), ({ values }) => values)
      expect(yield* values(null)).toBe("essential")
      expect(yield* values("withings:\n  values: all\n")).toBe("all")
      expect(yield* values("withings:\n  values: all\n", { values: "essential" })).toBe("essential")
      expect((yield* mistakes("withings:\n  values: some\n")).message).toContain("about a dozen")
    }))

  it("leaves a callback address as it is registered, its last slash too", () =>
    Effect.gen(function* () {
      const home = homeWith("withings:\n  callback_url: https://home.example/back/\n")
      const { callbackUrl } = yield* BridgeConfig.loadWith({ home, env: {} })
      expect(callbackUrl).toBe("https://home.example/back/")
    }))

  it("accepts the address of a PostgreSQL database, and does not repeat a wrong one", () =>
    Effect.gen(function* () {
      const env = { WITHINGS_BRIDGE_STORE: "postgres://ann:hush@db.example/withings" }
      const { store } = yield* BridgeConfig.loadWith({ home: homeWith(null), env })
      expect(store === undefined ? null : Redacted.value(store)).toBe(env.WITHINGS_BRIDGE_STORE)
      const error = yield* mistakes("withings:\n  store: mysql://ann:hush@db.example/withings\n")
      expect(error.message).toContain("wanted the address of a PostgreSQL database")
      expect(error.message).not.toContain("hush")
    }))

  it("reports every mistake at once, and no secret", () =>
    Effect.gen(function* () {
      const yaml = "withings:\n  client-id: abc\n  client_secret: [hush]\n  profiles: Ann: x\n".replace(
        "Ann: x",
        "7",
      )
      const error = yield* mistakes(`${yaml}  webhook:\n    port: 70000\n`, { WITHINGS_POLL_EVERY: "often" })
      expect(error.mistakes.map(({ key, line, source }) => [source.split("/").at(-1), line, key])).toEqual([
        ["the environment", null, "WITHINGS_POLL_EVERY"],
        ["config.yaml", 2, "withings.client-id"],
        ["config.yaml", 3, "withings.client_secret"],
        ["config.yaml", 4, "withings.profiles"],
        ["config.yaml", 6, "withings.webhook.port"],
      ])
      expect(error.message).toContain("found 70000, wanted a port")
      expect(error.message).not.toContain("hush")
    }))

  it("says where the YAML breaks, without quoting it", () =>
    Effect.gen(function* () {
      const error = yield* mistakes("withings:\n  client_secret: 'hush\n  x")
      expect(error.mistakes.length).toBe(1)
      expect(error.message).toMatch(/line \d/)
      expect(error.message).not.toContain("hush")
    }))

  it("asks for the section when it is missing", () =>
    Effect.gen(function* () {
      expect((yield* mistakes("client_id: a\n")).message).toContain("withings:")
    }))

  it("makes the home folder for its owner alone", () =>
    Effect.gen(function* () {
      const { home } = yield* BridgeConfig.loadWith({ home: join(homeWith(null), "deep", "home"), env: {} })
      expect(statSync(home).mode & 0o777).toBe(0o700)
    }))

  it("creates no home folder for read-only commands", () =>
    Effect.gen(function* () {
      const home = join(homeWith(null), "mistyped")
      const env = { WITHINGS_POLL_EVERY: "often" }
      const error = yield* Effect.flip(BridgeConfig.loadWith({ home, env, makeHome: false }))
      expect(error.message).toContain("WITHINGS_POLL_EVERY")
      expect(existsSync(home)).toBe(false)
    }))

  // What makes no folder there also lets Node's own recursive way run for ever.
  it.skipIf(process.platform !== "linux")("says at once that no folder can be made", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(BridgeConfig.loadWith({ home: "/proc/withings/home", env: {} }))
      expect(error.message).toContain("/proc/withings/home")
      expect(error.message).toContain("chooses another one")
    }),
  )

  // Root may write everywhere, so the process becomes another user: after its imports, for that user may not be
  // allowed to read this checkout, nor Node in it.
  it.skipIf(process.platform === "win32")("says whose folder it is when it cannot be written", () =>
    Effect.sync(() => {
      const home = homeWith(null)
      chmodSync(home, 0o500)
      const code = `
        import { Effect } from "effect"
        import { BridgeConfig } from ${JSON.stringify(join(import.meta.dirname, "BridgeConfig.ts"))}
        if (process.getuid() === 0) {
          process.setgroups([])
          process.setgid(65_534)
          process.setuid(65_534)
        }
        const env = { WITHINGS_BRIDGE_STORE: process.argv[1] }
        const load = BridgeConfig.loadWith({ home: process.argv[2], env })
        console.log(await Effect.runPromise(Effect.merge(Effect.mapError(load, ({ message }) => message))))`
      const looked = (store: string) =>
        spawnSync(process.execPath, ["--input-type=module", "-e", code, store, home], {
          cwd: import.meta.dirname,
          encoding: "utf8",
        })
      expect(looked("").stdout).toBe(
        `the home folder: ${home}: found a folder that this user cannot write, wanted one that this user may ` +
          `write to. Make it yours: sudo chown -R "$USER" '${home}'\n`,
      )
      expect(looked("postgres://db.example/withings").stdout).toContain("clientId")
    }),
  )

  it("refuses a home folder that is open to everyone, and allows a group", () =>
    Effect.gen(function* () {
      const home = homeWith(null)
      chmodSync(home, 0o755)
      const error = yield* Effect.flip(BridgeConfig.loadWith({ home, env: {} }))
      expect(error.message).toContain(`chmod o-rwx '${home}'`)
      chmodSync(home, 0o770)
      yield* BridgeConfig.loadWith({ home, env: {} })
      mkdirSync(join(home, "config.yaml"))
      expect((yield* Effect.flip(BridgeConfig.loadWith({ home, env: {} }))).message).toContain("config.yaml")
    }))
})
