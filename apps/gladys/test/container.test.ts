import { assert, describe, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect } from "effect"
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { until } from "./asking.ts"
import { runApp, shippedEnvironment, shippedFlags, temporaryHome } from "./GladysApp.ts"
import { GladysHost } from "./GladysHost.ts"
import { type GladysUser, journey } from "./journey.ts"

const stateOf = (pid: number | undefined) => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8")
  const number = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1])
  return {
    /** Memory of its own, in MB: the rest is Node itself, read from its file and given up when memory is short. */
    own: number("RssAnon") / 1024,
    all: number("VmRSS") / 1024,
    peak: number("VmHWM") / 1024,
    threads: number("Threads"),
  }
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

const userOf = (host: GladysHost): GladysUser => ({
  configure: host.configure,
  authorizeUrl: (redirect_uri) =>
    Effect.map(
      Effect.orDie(host.command("oauth.get-authorize-url", { key: "connect", redirect_uri })),
      ({ data }) => String(Object(data).authorize_url),
    ),
  callback: (landedOn) =>
    Effect.map(
      Effect.orDie(host.command("oauth.callback", { key: "connect", ...landedOn })),
      ({ success }) => success === true,
    ),
  discovered: Effect.sync(() => host.discovered),
  create: ({ external_id }) => host.createDevice(external_id),
  remove: ({ external_id }) => host.deleteDevice(external_id),
  kept: (externalId) => Effect.sync(() => host.states.get(externalId)?.length ?? 0),
  lastValue: (externalId) => Effect.sync(() => Number(host.states.get(externalId)?.at(-1)?.value)),
})

describe.skipIf(process.platform !== "linux")("the integration as Gladys runs it", () => {
  it.scopedLive(
    "lives a whole journey within its container, prompted by webhooks through Gladys Plus",
    () =>
      Effect.gen(function* () {
        const cloud = yield* Effect.acquireRelease(
          Effect.promise(() => startSimulator({ years: 1, requestsPerMinute: 10_000 })),
          (running) => Effect.promise(() => running.close()),
        )
        const host = new GladysHost({ selector: "ext-dev-withings", token: "token", windowMillis: 60_000 })
        host.plus = true
        yield* host.start
        yield* Effect.addFinalizer(() => host.stop)
        const cwd = yield* readOnlyFolder
        const startedAt = performance.now()
        const app = yield* runApp(
          {
            ...shippedEnvironment,
            GLADYS_HOST_API_URL: host.url,
            GLADYS_INTEGRATION_TOKEN: "token",
            WITHINGS_BRIDGE_HOME: yield* temporaryHome,
            WITHINGS_ACCOUNT_URL: cloud.url,
            WITHINGS_API_URL: cloud.url,
          },
          [],
          shippedFlags,
          cwd,
        )
        assert.lengthOf(shippedFlags, 5)
        assert.lengthOf(Object.keys(shippedEnvironment), 3)
        yield* until(() => host.status !== null, app.printed)
        const startTook = performance.now() - startedAt
        const user = userOf(host)
        const { scale, weight } = yield* journey(user, cloud, app.printed)
        const duringImport = stateOf(app.process.pid)
        yield* until(
          () => host.states.get(weight)?.some(({ value, dated }) => value === 71.35 && !dated) ?? false,
        )

        // Nothing but a webhook tells who goes to bed.
        const [first] = cloud.persons
        const mat = host.discovered.find(
          ({ name, features }) =>
            name.endsWith(first?.name ?? "") &&
            features.some(({ external_id }) => external_id.endsWith(":in-bed")),
        )
        yield* host.createDevice(mat?.external_id ?? "")
        yield* Effect.promise(() => cloud.goToBed(first?.name ?? ""))
        const inBed = `${mat?.external_id}:in-bed`
        yield* until(() => host.states.get(inBed)?.at(-1)?.value === 1, app.printed)
        yield* Effect.promise(() => cloud.getUp(first?.name ?? ""))
        yield* until(() => host.states.get(inBed)?.at(-1)?.value === 0, app.printed)

        yield* user.remove(scale)
        const { own, all, peak, threads } = duringImport
        console.log(
          `${host.stored} states; during the import ${own.toFixed(0)} MB of its own, ${all.toFixed(0)} MB with Node's ` +
            `file, ${peak.toFixed(0)} MB at the most since the start; ${threads} threads, ${cpuOf(app.process.pid).toFixed(1)} s of CPU`,
        )
        // What the container has; the line above tells how far below it stays, which moves with the machine.
        assert.isBelow(own, 200)
        assert.isBelow(peak, 256)
        assert.isBelow(threads, 100)
        assert.deepStrictEqual(readdirSync(cwd), [])
        assert.deepStrictEqual(host.refusals, [])
        assert.notInclude(app.printed(), cloud.clientSecret)
        assert.notInclude(app.printed(), "plus-key")
        const { took } = yield* Effect.promise(() => app.stop())
        // A start is more work than a stop: on a busy machine both take longer.
        assert.isBelow(took, Math.max(2000, startTook))
      }),
    { timeout: 900_000 },
  )
})
