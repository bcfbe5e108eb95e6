import { assert, describe, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect } from "effect"
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { authorize, until } from "./asking.ts"
import { runApp, temporaryHome } from "./GladysApp.ts"
import { GladysHost } from "./GladysHost.ts"

const redirect_uri = "https://my.gladysassistant.com/redirect/oauth"

/** As the image starts it. */
const nodeFlags =
  readFileSync(new URL("../Dockerfile", import.meta.url), "utf8").match(/--max[\w-]+=\d+/g) ?? []

const stateOf = (pid: number | undefined) => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8")
  const number = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1])
  return { peakMegabytes: number("VmHWM") / 1024, threads: number("Threads") }
}

/** Seconds of a CPU that a process has used. */
const cpuOf = (pid: number | undefined) => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** The root of the container: nothing can be written where the process starts. */
const readOnlyFolder = Effect.acquireRelease(
  Effect.sync(() => {
    const folder = mkdtempSync(join(tmpdir(), "read-only-"))
    chmodSync(folder, 0o555)
    return folder
  }),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true })),
)

describe.skipIf(process.platform !== "linux")("the integration as Gladys runs it", () => {
  it.scopedLive("signs in two persons and imports history within the limits of its container", () =>
    Effect.gen(function* () {
      const cloud = yield* Effect.acquireRelease(
        Effect.promise(() => startSimulator({ years: 3, requestsPerMinute: 10_000 })),
        (running) => Effect.promise(() => running.close()),
      )
      const selector = "ext-dev-withings"
      const host = new GladysHost({ selector, token: "token", windowMillis: 100 })
      host.config = {
        client_id: cloud.clientId,
        client_secret: cloud.clientSecret,
        persons: cloud.persons.map(({ name }) => name).join(", "),
        history_days: 3650,
      }
      yield* host.start
      yield* Effect.addFinalizer(() => host.stop)
      const cwd = yield* readOnlyFolder
      const app = yield* runApp(
        {
          GLADYS_HOST_API_URL: host.url,
          GLADYS_INTEGRATION_TOKEN: "token",
          GLADYS_INTEGRATION_SELECTOR: selector,
          WITHINGS_BRIDGE_HOME: yield* temporaryHome,
          WITHINGS_ACCOUNT_URL: cloud.url,
          WITHINGS_API_URL: cloud.url,
        },
        [],
        nodeFlags,
        cwd,
      )
      yield* until(() => host.status !== null, app.printed)

      for (const { name } of cloud.persons) {
        const asked = yield* host.command("oauth.get-authorize-url", { key: "connect", redirect_uri })
        const { authorize_url } = asked["data"] as { authorize_url: string }
        const landedOn = new URL(yield* authorize(authorize_url, name))
        const [code, state] = ["code", "state"].map((each) => landedOn.searchParams.get(each))
        const result = yield* host.command("oauth.callback", { key: "connect", code, state, redirect_uri })
        assert.strictEqual(result["success"], true)
      }
      yield* until(() => host.discovered.length >= 8, app.printed)
      yield* until(() => host.status?.message.en.includes(cloud.persons[1]?.name ?? "") ?? false, app.printed)
      const scale = host.discovered.find(({ name }) => name.startsWith("Body"))
      yield* host.createDevice(scale?.external_id ?? "")
      // At Gladys' real pace: 250 states a minute, however many there are.
      yield* until(() => host.stored > 150, app.printed)
      const { peakMegabytes, threads } = stateOf(app.process.pid)
      const cpu = cpuOf(app.process.pid)
      console.log(
        `${host.stored} states: peak of ${peakMegabytes.toFixed(0)} MB, ${threads} threads, ${cpu.toFixed(1)} s of CPU`,
      )
      assert.lengthOf(nodeFlags, 2)
      assert.isBelow(peakMegabytes, 256)
      assert.isBelow(threads, 100)
      assert.deepStrictEqual(readdirSync(cwd), [])
      assert.notInclude(app.printed(), cloud.clientSecret)
      const { took } = yield* Effect.promise(() => app.stop())
      assert.isBelow(took, 2000)
    }),
  )
})
