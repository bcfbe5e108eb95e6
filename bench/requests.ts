/**
 * How many requests a living person costs at Withings in an hour, by polling alone and with webhooks, counted by the
 * simulated cloud over a day that passes at once: plan, client and store are the real ones, only the clock is not.
 * Next to it Home Assistant's: five feeds every ten minutes, 30 an hour.
 */
import { startSimulator } from "@withings-bridge/simulator"
import { Clock, Effect, Layer, Logger, LogLevel, Ref } from "effect"
import { signIn } from "../packages/core/test/authorize.ts"
import { unhurriedServices } from "../packages/core/test/unhurried.ts"
import { configFor } from "../packages/core/test/withingsLayer.ts"
import { Lease, type LeaseGrant } from "../packages/core/src/store/Lease.ts"
import { Subscriptions } from "../packages/core/src/store/Subscriptions.ts"
import { SyncCursor } from "../packages/core/src/store/SyncCursor.ts"
import { subscribe } from "../packages/core/src/sync/subscribe.ts"
import { firstAgenda } from "../packages/core/src/sync/Agenda.ts"
import { announcedTo } from "../packages/core/src/sync/announcedFeeds.ts"
import { afterStep } from "../packages/core/src/sync/SyncPlan.ts"
import { SyncRound } from "../packages/core/src/sync/SyncRound.ts"
import { listen } from "../packages/core/src/sync/WebhookReceiver.ts"
import { freePort } from "../packages/core/test/freePort.ts"
import { nextInTurn } from "../packages/core/test/nextInTurn.ts"

const hours = 24
const pollEvery = 300
const intradayDays = 2
const secret = "bench"

/** A clock that only moves when it is told to; sleeping is as it always was. */
const standingClock = (now: () => number): Clock.Clock => {
  const real = Clock.make()
  return {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    sleep: (duration) => real.sleep(duration),
    unsafeCurrentTimeMillis: now,
    unsafeCurrentTimeNanos: () => real.unsafeCurrentTimeNanos(),
    currentTimeMillis: Effect.sync(now),
    currentTimeNanos: real.currentTimeNanos,
  }
}

/** Minutes after which the bridge asks Withings whether its subscriptions stand. */
const checkedEvery = 720

const checkSubscription = (personId: string, port: number) =>
  Effect.gen(function* () {
    const { applis, isNew } = yield* subscribe(personId, `http://127.0.0.1:${port}/${secret}`, secret)
    const standing = { personId, receiver: "webhooks", callback: "bench", applis } as const
    yield* (yield* Subscriptions).stand(standing, isNew)
  })

const run = async (webhooks: boolean) => {
  const start = Date.now() - (hours + 24) * 3_600_000
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
    const round = yield* SyncRound
    const lease = yield* Lease
    if (webhooks) {
      yield* listen({ host: "127.0.0.1", port, secret })
      yield* checkSubscription(id, port)
    }
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
        yield* round.take(id, grant, step)
        yield* Ref.update(agenda, (before) => afterStep(before, step, at))
        return true
      })
    // Each minute passes at once, so that leases run out in between.
    const receives = webhooks ? lease.tryAcquire("webhooks") : Effect.succeed(null)
    const takeAll = Effect.flatMap(Effect.zipRight(receives, lease.tryAcquire(`sync:${id}`)), (grant) =>
      grant === null ? Effect.void : Effect.repeat(takeStep(grant), { while: (more) => more }),
    ).pipe(Effect.scoped)
    // The first history is not what an hour costs.
    yield* takeAll
    const before = simulator.requests.at(-1)
    for (let minute = 0; minute < hours * 60; minute++) {
      yield* advance(60)
      // A webhook is answered before it is acted on.
      if (webhooks) yield* Effect.sleep("3 millis")
      if (webhooks && minute % checkedEvery === 0) yield* checkSubscription(id, port)
      yield* takeAll
    }
    const all = simulator.requests
    for (const { action, path } of all.slice(before === undefined ? 0 : all.indexOf(before) + 1)) {
      const key = `${path} ${action}`
      count.set(key, (count.get(key) ?? 0) + 1)
      counted += 1
    }
  }).pipe(
    Effect.scoped,
    Effect.provide(unhurriedServices(configFor(simulator.url, { pollEvery, intradayDays }))),
    Effect.provide(Layer.setClock(standingClock(() => start + passed * 1000))),
    Logger.withMinimumLogLevel(LogLevel.Warning),
    Effect.runPromise,
  )
  await simulator.close()
  return { count, total: counted / hours }
}

const figure = (value: number | undefined) => (value ?? 0).toFixed(2).padStart(10)
const row = (name: string, ...values: ReadonlyArray<number | undefined>) =>
  console.log(`${name.padEnd(44)}${values.map(figure).join("")}`)

const polled = await run(false)
const pushed = await run(true)
console.log(`${"requests an hour for one person".padEnd(44)}   polling  webhooks`)
for (const key of [...new Set([...polled.count.keys(), ...pushed.count.keys()])].toSorted())
  row(`  ${key}`, (polled.count.get(key) ?? 0) / hours, (pushed.count.get(key) ?? 0) / hours)
row("in all", polled.total, pushed.total)
row("  Home Assistant, five feeds every ten minutes", 30, 30)
process.exit(0)
