import { Cause, Clock, Duration, Effect, Layer, Ref, Schedule, Stream } from "effect"
import { createHash } from "node:crypto"
import { BridgeConfig, type RelayedWebhook, type WebhookConfig } from "../BridgeConfig.ts"
import { dataSource } from "../dataSource.ts"
import { epochSeconds } from "../epochSeconds.ts"
import type { Person, PersonId } from "../measure/Person.ts"
import { ChangeFeed } from "../store/ChangeFeed.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { Lease, type LeaseGrant } from "../store/Lease.ts"
import { type Receiver, type StandingSubscription, Subscriptions } from "../store/Subscriptions.ts"
import { Troubles } from "../trouble/Troubles.ts"
import { webhookSecret, webhookUrl } from "../withings/account/webhookUrl.ts"
import { refusesAddress } from "../withings/client/WithingsError.ts"
import { stillLeads } from "./Lead.ts"
import { probe } from "./probeWebhook.ts"
import { receiverTrouble, receiverTroubles } from "./receiverTrouble.ts"
import { type RelayStanding, RelayedWebhooks } from "./RelayedWebhooks.ts"
import { subscribe } from "./subscribe.ts"

const takeOverEvery = Schedule.jittered(Schedule.spaced("5 seconds"))
const reconcileEvery = Duration.hours(12)
const retriesDueEvery = Duration.seconds(5)

/**
 * Receives webhooks in one of all processes, and keeps the subscriptions at Withings. A complete sync does not need it:
 * it makes the sync prompt and brings bed presence.
 */
export const layer = Layer.scopedDiscard(
  Effect.gen(function* () {
    const config = yield* BridgeConfig
    const { home, relayedWebhook, webhook } = config
    // Left to a process that is set up: this one could not subscribe anybody.
    if (dataSource(config) === null) return
    if (webhook !== null) return yield* Effect.forkScoped(keepReceiving(home, webhook))
    if (relayedWebhook) return yield* Effect.forkScoped(keepRelayed(relayedWebhook))
    // null: an app relays webhooks, so there is no address to set.
    if (relayedWebhook === null) return
    yield* Effect.logInfo(
      "No public address for webhooks is set: new measures are polled, and live bed presence is not available.",
    )
  }),
)

const keepReceiving = (home: string, webhook: WebhookConfig) =>
  Effect.flatMap(Lease, (lease) => lease.tryAcquire("webhooks")).pipe(
    Effect.flatMap((grant) => (grant === null ? Effect.void : receive(home, webhook, grant))),
    Effect.scoped,
    Effect.catchTag("LeaseLost", () => Effect.void),
    Effect.catchAllCause((cause) =>
      Effect.flatMap(Troubles, ({ report }) => report(receiverTrouble(webhook, Cause.squash(cause)))),
    ),
    Effect.repeat(takeOverEvery),
  )

const receive = (home: string, { host, port, publicUrl }: WebhookConfig, grant: LeaseGrant) =>
  Effect.gen(function* () {
    const secret = yield* webhookSecret(home)
    const callbackUrl = webhookUrl(publicUrl, secret)
    // Loaded only where webhooks are set up: other homes need no HTTP server.
    const { listen } = yield* Effect.promise(() => import("./WebhookReceiver.ts"))
    // Before the first subscription, since Withings tests the address at once.
    yield* listen({ host, port, secret })
    const { resolve } = yield* Troubles
    yield* Effect.forEach(receiverTroubles, (code) => resolve(code))
    yield* warnUnlessReached(callbackUrl, publicUrl)
    yield* Effect.forkScoped(keepSubscribed({ receiver: "webhooks", callbackUrl, secret }))
    yield* Effect.repeat(stillLeads({ grant }), Schedule.spaced("3 seconds"))
  })

/** Only a hint: behind many routers the public address cannot be reached from inside. */
const warnUnlessReached = (callbackUrl: string, publicUrl: string) =>
  Effect.flatMap(probe(callbackUrl), (trouble) =>
    trouble === null
      ? Effect.void
      : Effect.logWarning(
          `The public address for webhooks, ${publicUrl}, was tried: ${trouble}. Withings needs https on port 443 ` +
            "or 80 with a domain name, passed on to this receiver. If it is reachable from outside, all is well.",
        ),
  )

/** The app receives the webhooks; only the subscriptions are kept here. */
const keepRelayed = ({ callbackUrl, ending }: RelayedWebhook) =>
  Effect.gen(function* () {
    const { standing } = yield* RelayedWebhooks
    const grant = yield* (yield* Lease).tryAcquire("relayed-webhooks")
    if (grant === null) return
    yield* keepSubscribed({ receiver: "relayed-webhooks", callbackUrl, secret: ending }, (now) =>
      Ref.set(standing, now),
    )
  }).pipe(Effect.scoped, Effect.repeat(takeOverEvery))

export interface Callback {
  readonly receiver: Receiver
  readonly callbackUrl: string
  readonly secret: string
}

interface Attempt {
  /** On the monotonic clock, nanoseconds. */
  readonly at: bigint
  /** Failures in a row; 0: it succeeded. */
  readonly failures: number
}

/** Subscribes after each sign-in, and checks again every few hours: Withings drops subscriptions silently. */
const keepSubscribed = Effect.fn("Notifications.keepSubscribed")(function* (
  callback: Callback,
  report: (standing: RelayStanding) => Effect.Effect<void> = () => Effect.void,
) {
  const feed = yield* ChangeFeed
  /** The last attempt of this process for each person. */
  const attempts = new Map<PersonId, Attempt>()
  const subscribeOne = Effect.fnUntraced(function* (person: Person) {
    const succeeded = yield* subscribePerson(person, callback).pipe(
      Effect.zipRight(report("subscribed")),
      Effect.tapError((error) => (refusesAddress(error) ? report("refused") : Effect.void)),
      Effect.as(true),
      Effect.catchAll((error) =>
        Effect.as(Effect.logWarning(`No webhooks for ${person.name} yet: ${error.message}`), false),
      ),
    )
    const failures = succeeded ? 0 : (attempts.get(person.id)?.failures ?? 0) + 1
    attempts.set(person.id, { at: yield* Clock.currentTimeNanos, failures })
  })
  const subscribeDue = Effect.gen(function* () {
    const rows = yield* (yield* Subscriptions).all
    const now = yield* epochSeconds
    const nanos = yield* Clock.currentTimeNanos
    const isDue = ({ id }: Person) => {
      const last = attempts.get(id)
      if (last === undefined) return true
      return last.failures > 0 ? mayRetry(last, nanos) : !isCurrent(rows, id, callback, now)
    }
    const persons = yield* (yield* HouseholdStore).persons
    const signedIn = persons.filter(({ standing }) => standing.state === "signed-in")
    // Else the failures of someone who left would be looked at for ever.
    for (const id of attempts.keys()) if (!signedIn.some((person) => person.id === id)) attempts.delete(id)
    const due = signedIn.filter(isDue)
    // In parallel: one person's bed must not wait for another's history.
    yield* Effect.forEach(due, subscribeOne, { discard: true, concurrency: 10 })
  })
  const retries = Stream.fromSchedule(Schedule.spaced(retriesDueEvery)).pipe(
    Stream.mapEffect(() => Clock.currentTimeNanos),
    Stream.filter((now) => [...attempts.values()].some((last) => last.failures > 0 && mayRetry(last, now))),
  )
  yield* Stream.merge(feed.wakes, retries).pipe(
    Stream.runForEach(() => subscribeDue),
    Effect.retry(Schedule.spaced("1 minute")),
  )
})

/**
 * Ten seconds after the first failure, then twice as long each time, ten minutes at most. Withings gives up on an
 * address that does not answer within seconds, so a busy machine needs an early second attempt.
 */
const mayRetry = ({ at, failures }: Attempt, now: bigint): boolean => {
  const seconds = Math.min(5 * 2 ** failures, 600)
  return now - at >= BigInt(seconds) * 1_000_000_000n
}

/** Adds the person's missing webhooks at Withings, and notes which stand. */
export const subscribePerson = Effect.fn("Notifications.subscribePerson")(function* (
  { id }: Person,
  { callbackUrl, receiver, secret }: Callback,
) {
  const { applis, isNew } = yield* subscribe(id, callbackUrl, secret)
  const subscriptions = yield* Subscriptions
  yield* subscriptions.stand({ personId: id, receiver, callback: hashOf(callbackUrl), applis }, isNew)
})

/** Whether the person's webhooks were checked lately, or cannot be checked without a sign-in. */
export const isSubscribed = Effect.fn("Notifications.isSubscribed")(function* (
  { id, standing }: Person,
  callback: Callback,
) {
  if (standing.state !== "signed-in") return true
  return isCurrent(yield* (yield* Subscriptions).all, id, callback, yield* epochSeconds)
})

const isCurrent = (
  rows: ReadonlyArray<StandingSubscription>,
  id: PersonId,
  { callbackUrl, receiver }: Callback,
  now: number,
): boolean =>
  rows.some(
    ({ callback, checkedAt, personId, receiver: by }) =>
      personId === id && by === receiver && callback === hashOf(callbackUrl) && isRecent(checkedAt, now),
  )

/** The address itself is a secret. */
const hashOf = (callbackUrl: string): string =>
  createHash("sha256").update(callbackUrl).digest("hex").slice(0, 16)

/** Neither long ago nor, by a clock that was set back since, in the future. */
const isRecent = (checkedAt: number, now: number): boolean =>
  checkedAt <= now + 60 && now - checkedAt < Duration.toSeconds(reconcileEvery)
