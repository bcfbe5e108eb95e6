import { HouseholdFeed } from "@withings-bridge/core"
import { assert, describe, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect, Fiber, Redacted } from "effect"
import { FeatureHistory } from "../src/FeatureHistory.ts"
import { toPairings } from "../src/toGladys.ts"
import { credentialsOf, withingsCore } from "../src/withingsCore.ts"
import { until } from "./asking.ts"
import { temporaryHome } from "./GladysApp.ts"
import type { GladysHost } from "./GladysHost.ts"
import { configFor, integrationOf, signIn } from "./householdFor.ts"
import { gladys, selector } from "./integrationFor.ts"

type Cloud = Awaited<ReturnType<typeof startSimulator>>

/** More of the past on demand, and then of every device: WITHINGS_LONG_JOURNEY=3 takes three years. */
const years = Number(process.env["WITHINGS_LONG_JOURNEY"] ?? 1)
const everyDevice = years > 1
/** Ten minutes, or an hour of the long one, on a busy machine. */
const patience = everyDevice ? 3_600_000 : 600_000

/** Compares, feature by feature, the states in Gladys with the points in the store; answers how many were imported. */
const compare = (host: GladysHost, config: ReturnType<typeof configFor>, cloud: Cloud) =>
  Effect.gen(function* () {
    const { descriptors } = yield* Effect.flatMap(HouseholdFeed, (feed) => feed.current)
    const history = yield* FeatureHistory
    const pairings = descriptors
      .flatMap((descriptor) => toPairings(descriptor, { prefix: `ext:${selector}`, language: "en" }))
      .filter(({ gladys, strings }) => host.features.has(gladys.external_id) && strings.keepHistory)
    const rows = yield* Effect.forEach(pairings, ({ descriptor, feature, gladys }) =>
      Effect.map(history.points(descriptor, feature, { after: 0, before: 1e11, take: 1e6 }), (points) => {
        const dated = (host.states.get(gladys.external_id) ?? []).filter((state) => state.dated)
        const times = dated.map(({ createdAt }) => createdAt / 1000).toSorted((a, b) => a - b)
        return { name: gladys.external_id, feature, points, times }
      }),
    )
    let imported = 0
    for (const { feature, name, points, times } of rows) {
      assert.strictEqual(new Set(times).size, times.length, `${name} has a moment twice`)
      // A counter of today runs on; who is in bed has no history here.
      const stored = points.map(({ at }) => at).toSorted((a, b) => a - b)
      const closed = feature.nature === "counter" ? stored.slice(0, -1) : stored
      if (feature.nature === "value" || feature.nature === "counter")
        assert.deepStrictEqual(
          {
            name,
            missing: closed.filter((at) => !times.includes(at)),
            invented: times.filter((at) => !stored.includes(at)),
          },
          { name, missing: [], invented: [] },
        )
      imported += times.length
    }
    return imported
  }).pipe(
    Effect.provide(
      withingsCore(config)({
        ...credentialsOf(config),
        clientId: cloud.clientId,
        clientSecret: Redacted.make(cloud.clientSecret),
      }),
    ),
    Effect.scoped,
  )

/** How many features each device on the Discover page has. */
const counts = (host: GladysHost) =>
  new Map(host.discovered.map(({ external_id, features }) => [external_id, features.length]))

const looksAtDevices = (host: GladysHost) => host.requests.filter((each) => each === "GET /device").length

/** Starts the integration, and waits until it has looked which devices there are. */
const lookedAfter = <A, E, R>(host: GladysHost, start: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const before = looksAtDevices(host)
    const started = yield* start
    yield* until(() => looksAtDevices(host) > before)
    return started
  })

/** Before all of Withings' history is in the store, there is nothing to import of what is missing. */
const allRead = (host: GladysHost) =>
  host.status?.connected === true && !host.status.message.en.includes("Reading")

const importDone = (host: GladysHost) =>
  until(
    () =>
      allRead(host)
        ? Effect.match(host.action("import_history", { days: 36_500 }), {
            onFailure: () => false,
            onSuccess: ({ data }) => JSON.stringify(data).includes("nothing to import"),
          })
        : false,
    () => `${host.stored} stored, ${host.status?.message.en}`,
    patience,
  )

describe("two persons on one Gladys", () => {
  it.scopedLive(
    "have each measure once, after the import, kills, a removal while away, and restarts",
    () =>
      Effect.gen(function* () {
        const cloud = yield* Effect.acquireRelease(
          Effect.promise(() => startSimulator({ years, requestsPerMinute: 100_000 })),
          (running) => Effect.promise(() => running.close()),
        )
        const host = yield* gladys
        const config = configFor(yield* temporaryHome, cloud.url)
        const start = Effect.forkScoped(integrationOf(host, config))
        const first = yield* start
        yield* until(() => host.status !== null)
        const names = cloud.persons.map(({ name }) => name)
        yield* host.configure({
          client_id: cloud.clientId,
          client_secret: cloud.clientSecret,
          persons: names.join(", "),
        })
        yield* until(() => host.status?.message.en.includes(`Press Connect to sign in ${names[0]}`) ?? false)
        for (const name of names) yield* signIn(host, name)
        const scales = () => host.discovered.filter(({ name }) => name.startsWith("Body"))
        yield* until(
          () => scales().length === names.length,
          () => `${host.discovered.map(({ name }) => name).join()} ${host.status?.message.en}`,
        )
        // The list is short, and does not grow.
        const offered = counts(host)
        for (const [id, count] of offered) assert.isAtMost(count, 12, id)
        const added = everyDevice ? host.discovered : scales()
        for (const { external_id } of added) yield* host.createDevice(external_id)
        yield* until(() => host.stored > 300)
        yield* Fiber.interrupt(first)
        const second = yield* lookedAfter(host, start)
        yield* importDone(host)
        const imported = yield* compare(host, config, cloud)
        assert.deepStrictEqual(counts(host), offered)
        assert.isAbove(imported, 500)

        // While the integration is away, a device is removed and added again.
        yield* Fiber.interrupt(second)
        const [scale] = scales()
        yield* host.removeQuietly(scale?.external_id ?? "")
        yield* host.addQuietly(scale?.external_id ?? "")
        yield* host.stop
        yield* host.start
        yield* lookedAfter(host, start)
        yield* importDone(host)
        assert.strictEqual(yield* compare(host, config, cloud), imported)
        assert.deepStrictEqual(
          host.statuses.filter((text) => text.includes("asks for a new sign-in")),
          [],
        )
        assert.deepStrictEqual(host.refusals, [])
      }),
    2 * patience,
  )
})
