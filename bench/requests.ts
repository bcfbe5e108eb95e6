/**
 * How many requests an hour a person costs at Withings, with polling alone and with webhooks. The simulated cloud counts
 * them over a day of simulated time: plan, client and store are real, only the clock is not. The day before, in which the
 * first webhooks arrive, does not count. For comparison Home Assistant: five feeds every ten minutes, 30 an hour.
 *
 * Counts BENCH_HOURS (24), in steps of BENCH_STEP (1) minutes. BENCH_STORE=postgres uses the store of a hub and skips
 * polling alone.
 */
import type { PersonId } from "@withings-bridge/core"
import { startSimulator } from "@withings-bridge/simulator"
import { Clock, Effect, Layer, Logger, LogLevel, Ref } from "effect"
import { signIn } from "../packages/core/test/authorize.ts"
import { unhurriedServices } from "../packages/core/test/unhurried.ts"
import { configFor } from "../packages/core/test/withingsLayer.ts"
import { startPostgres } from "../packages/core/test/embeddedPostgres.ts"
import { Lease, type LeaseGrant } from "../packages/core/src/store/Lease.ts"
import { Subscriptions } from "../packages/core/src/store/Subscriptions.ts"
import { SyncCursor } from "../packages/core/src/store/SyncCursor.ts"
import { subscribe } from "../packages/core/src/sync/subscribe.ts"
import { firstAgenda } from "../packages/core/src/sync/Agenda.ts"
import { announcedTo } from "../packages/core/src/sync/announcedFeeds.ts"
import { afterStep, type Step } from "../packages/core/src/sync/SyncPlan.ts"
import { takeStep as take } from "../packages/core/src/sync/takeStep.ts"
import { listen } from "../packages/core/src/sync/WebhookReceiver.ts"
import { freePort } from "../packages/core/test/freePort.ts"
import { nextInTurn } from "../packages/core/test/nextInTurn.ts"
import { clockOf } from "../packages/core/test/settableClock.ts"

const hours = Number(process.env["BENCH_HOURS"] ?? 24)
const step = Number(process.env["BENCH_STEP"] ?? 1)
const postgres = process.env["BENCH_STORE"] === "postgres" ? await startPostgres() : null
const pollEvery = 300
const intradayDays = 2
const secret = "bench"

/** Why a step was taken. */
const causeOf = (step: Step): string => {
  if (step._tag === "Answer") return "asked for by webhooks"
  if (step._tag === "Recent") return step.request === null ? "polls of recent lists" : "asked for by webhooks"
  if (step._tag === "Delta") return "polls"
  return step._tag === "Reread" ? "daily rereads" : "devices and goals"
}

/** Minutes between two checks of the subscriptions. */
const checkedEvery = 720

const checkSubscription = (personId: PersonId, port: number) =>
  Effect.gen(function* () {
    const { applis, isNew } = yield* subscribe(personId, `http://127.0.0.1:${port}/${secret}`, secret)
    const standing = { personId, receiver: "webhooks", callback: "bench", applis } as const
    yield* (yield* Subscriptions).stand(standing, isNew)
  })

const run = async (webhooks: boolean) => {
  // Midnight of a Wednesday in winter, where the simulated household lives.
  const start = Date.UTC(2026, 10, 17, 23)
  let passed = 0
  const simulator = await startSimulator({
    years: 1,
    now: () => start,
    requestsPerMinute: Infinity,
    seed: "requests",
  })
  const name = simulator.persons[0]?.name ?? ""
  const port = await freePort()
  const count = new Map<string, number>()
  const causes = new Map<string, number>()
  const add = (to: Map<string, number>, key: string, n = 1) => to.set(key, (to.get(key) ?? 0) + n)
  let counted = 0

  const advance = (seconds: number) =>
    Effect.promise(async () => {
      passed += seconds
      await simulator.advance(seconds)
    })
  const now = Effect.map(Clock.currentTimeMillis, (millis) => Math.floor(millis / 1000))

  await Effect.gen(function* () {
    const { id } = yield* signIn(name)
    const cursors = yield* SyncCursor
    const lease = yield* Lease
    if (webhooks) {
      yield* listen({ host: "127.0.0.1", port, secret })
      yield* checkSubscription(id, port)
    }
    const tokensAside = () => simulator.requests.filter(({ path }) => path !== "/v2/oauth2").length
    const agenda = yield* Ref.make(firstAgenda(yield* now))
    const takeStep = (grant: LeaseGrant) =>
      Effect.gen(function* () {
        const at = yield* now
        const step = nextInTurn({
          now: at,
          cursors: yield* cursors.of(id),
          requests: yield* cursors.requests(id),
          agenda: yield* Ref.get(agenda),
          pace: {
            jitter: 1,
            pollEvery,
            hourOfDay: new Date(at * 1000).getHours(),
            announced: yield* announcedTo(id),
          },
          intradayDays,
        })
        if (step._tag === "Wait") return false
        const before = tokensAside()
        yield* take({ personId: id, grant }, step)
        add(causes, causeOf(step), tokensAside() - before)
        yield* Ref.update(agenda, (before) => afterStep(before, step, at))
        return true
      })
    // Simulated minutes pass, so that leases expire in between.
    const receives = webhooks ? lease.tryAcquire("webhooks") : Effect.succeed(null)
    const takeAll = Effect.flatMap(Effect.zipRight(receives, lease.tryAcquire(`sync:${id}`)), (grant) =>
      grant === null ? Effect.void : Effect.repeat(takeStep(grant), { while: (more) => more }),
    ).pipe(Effect.scoped)
    const pass = (minutes: number) =>
      Effect.gen(function* () {
        for (let minute = 0; minute < minutes; minute += step) {
          yield* advance(60 * step)
          // A webhook is answered before it is processed.
          if (webhooks) yield* Effect.sleep("3 millis")
          if (webhooks && minute % checkedEvery < step) yield* checkSubscription(id, port)
          yield* takeAll
        }
      })
    // Do not count the first history, nor the time until the first webhook.
    yield* takeAll
    yield* pass(24 * 60)
    causes.clear()
    const before = simulator.requests.length
    yield* pass(hours * 60)
    for (const { action, path } of simulator.requests.slice(before)) {
      add(count, `${path} ${action}`)
      counted += 1
    }
  }).pipe(
    Effect.scoped,
    Effect.provide(
      unhurriedServices(
        configFor(simulator.url, {
          pollEvery,
          intradayDays,
          ...(postgres === null ? {} : { store: await Effect.runPromise(postgres.newDatabase) }),
        }),
      ),
    ),
    Effect.provide(Layer.setClock(clockOf(() => start + passed * 1000))),
    Logger.withMinimumLogLevel(LogLevel.Warning),
    Effect.runPromise,
  )
  await simulator.close()
  return { count, causes, total: counted / hours }
}

const figure = (value: number | undefined) => (value ?? 0).toFixed(2).padStart(10)
const row = (name: string, ...values: ReadonlyArray<number | undefined>) =>
  console.log(`${name.padEnd(44)}${values.map(figure).join("")}`)

const nothing: Awaited<ReturnType<typeof run>> = { count: new Map(), causes: new Map(), total: 0 }
const polled = postgres === null ? await run(false) : nothing
const pushed = await run(true)
await postgres?.close()
console.log(`${"requests an hour for one person".padEnd(44)}   polling  webhooks`)
for (const key of [...new Set([...polled.count.keys(), ...pushed.count.keys()])].toSorted())
  row(`  ${key}`, (polled.count.get(key) ?? 0) / hours, (pushed.count.get(key) ?? 0) / hours)
row("in all", polled.total, pushed.total)
for (const cause of [...new Set([...polled.causes.keys(), ...pushed.causes.keys()])].toSorted())
  row(`  ${cause}`, (polled.causes.get(cause) ?? 0) / hours, (pushed.causes.get(cause) ?? 0) / hours)
row("a day, for one person", polled.total * 24, pushed.total * 24)
row("  Home Assistant, five feeds every ten minutes", 30, 30)
process.exit(0)
