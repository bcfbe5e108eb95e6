import type { HttpClient } from "@effect/platform"
import { Cause, Clock, Duration, Effect, Layer, Ref, Schedule, Stream } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import { createHash } from "node:crypto"
import { BridgeConfig, type RelayedWebhook, type WebhookConfig } from "../BridgeConfig.ts"
import type { Person } from "../measure/Person.ts"
import { ChangeFeed } from "../store/ChangeFeed.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { Lease, type LeaseGrant } from "../store/Lease.ts"
import { Subscriptions, type Receiver } from "../store/Subscriptions.ts"
import type { SyncCursor } from "../store/SyncCursor.ts"
import { Troubles } from "../trouble/Troubles.ts"
import type { WithingsApi } from "../withings/client/WithingsApi.ts"
import type { DeviceList } from "./DeviceList.ts"
import { LeaseLost } from "./LeaseLost.ts"
import { type RelayStanding, RelayedWebhooks } from "./RelayedWebhooks.ts"
import { receiverTrouble, receiverTroubles } from "./receiverTrouble.ts"
import { subscribe } from "./subscribe.ts"
import { refusesAddress } from "../withings/client/WithingsError.ts"
import { probe } from "./probeWebhook.ts"
import { webhookSecret, webhookUrl } from "../withings/account/webhookUrl.ts"

const followerAsksEvery = Duration.seconds(5)
const reconcileEvery = Duration.hours(12)
const retriesDueEvery = Duration.seconds(5)

/**
 * Receives webhooks as long as its scope is open, in one of all processes, and keeps the subscriptions. Nothing of
 * it is needed for a complete sync: it makes the sync prompt, and it brings who lies in which bed.
 */
export const layer: Layer.Layer<
  never,
  never,
  | BridgeConfig
  | ChangeFeed
  | DeviceList
  | HouseholdStore
  | HttpClient.HttpClient
  | Lease
  | RelayedWebhooks
  | Subscriptions
  | SyncCursor
  | Troubles
  | WithingsApi
> = Layer.scopedDiscard(
  Effect.gen(function* () {
    const { home, relayedWebhook, webhook } = yield* BridgeConfig
    if (webhook === null && relayedWebhook !== undefined && relayedWebhook !== null)
      return yield* Effect.forkScoped(keepRelayed(relayedWebhook))
    // Whoever has webhooks relayed has no public address of their own to set.
    if (webhook === null && relayedWebhook === null) return
    if (webhook === null) {
      return yield* Effect.logInfo(
        "No public address for webhooks is set: new measures come by polling, and nobody is seen to be in bed.",
      )
    }
    const lease = yield* Lease
    yield* Effect.scoped(
      Effect.flatMap(lease.tryAcquire("webhooks"), (grant) =>
        grant === null ? Effect.void : receive(home, webhook, grant),
      ),
    ).pipe(
      // Another process receives them now.
      Effect.catchTag("LeaseLost", () => Effect.void),
      // Tried again every few seconds, said once.
      Effect.catchAllCause((cause) =>
        Effect.flatMap(Troubles, ({ report }) => report(receiverTrouble(webhook, Cause.squash(cause)))),
      ),
      Effect.repeat(Schedule.jittered(Schedule.spaced(followerAsksEvery))),
      Effect.forkScoped,
    )
  }),
)

const receive = (home: string, { host, port, publicUrl }: WebhookConfig, grant: LeaseGrant) =>
  Effect.gen(function* () {
    const lease = yield* Lease
    const secret = yield* webhookSecret(home)
    const callbackUrl = webhookUrl(publicUrl, secret)
    // Loaded only where webhooks are set up: the others need no HTTP server.
    const { listen } = yield* Effect.promise(() => import("./WebhookReceiver.ts"))
    // Withings tries the address at once, so the receiver comes before the first subscription.
    yield* listen({ host, port, secret })
    const { resolve } = yield* Troubles
    yield* Effect.forEach(receiverTroubles, (code) => resolve(code))
    yield* warnUnlessReached(callbackUrl, publicUrl)
    yield* Effect.forkScoped(keepSubscribed("webhooks", { callbackUrl, secret }))
    yield* Effect.repeat(
      Effect.filterOrFail(
        lease.holds(grant),
        (holds) => holds,
        () => new LeaseLost({ name: grant.name }),
      ),
      Schedule.spaced("3 seconds"),
    )
  })

/** Only a hint: behind many a router the own public address cannot be reached from inside. */
const warnUnlessReached = (callbackUrl: string, publicUrl: string) =>
  Effect.flatMap(probe(callbackUrl), (trouble) =>
    trouble === null
      ? Effect.void
      : Effect.logWarning(
          `The public address for webhooks, ${publicUrl}, was tried: ${trouble}. Withings needs https on port 443 ` +
            "or 80 with a domain name, passed on to this receiver. If it is reachable from outside, all is well.",
        ),
  )

/** Someone else listens: all there is to do is to tell Withings where. */
const keepRelayed = ({ callbackUrl, ending }: RelayedWebhook) =>
  Effect.gen(function* () {
    const { standing } = yield* RelayedWebhooks
    const grant = yield* (yield* Lease).tryAcquire("relayed-webhooks")
    if (grant === null) return
    yield* keepSubscribed("relayed-webhooks", { callbackUrl, secret: ending }, (now) =>
      Ref.set(standing, now),
    )
  }).pipe(Effect.scoped, Effect.repeat(Schedule.jittered(Schedule.spaced(followerAsksEvery))))

export interface Callback {
  readonly callbackUrl: string
  readonly secret: string
}

/** At once for whoever signs in, and again every few hours: Withings drops subscriptions without a word. */
const keepSubscribed = Effect.fn("Notifications.keepSubscribed")(function* (
  receiver: Receiver,
  callback: Callback,
  report: (standing: RelayStanding) => Effect.Effect<void> = () => Effect.void,
) {
  const feed = yield* ChangeFeed
  // Persons whom this process has asked Withings about, and those for whom the last attempt failed.
  const asked = yield* Ref.make<ReadonlySet<string>>(new Set())
  const failed = yield* Ref.make<ReadonlyMap<string, Failures>>(new Map())
  const subscribeOne = (person: Person) =>
    subscribePerson(person, receiver, callback).pipe(
      Effect.tap(() => report("subscribed")),
      Effect.tapError((error) => (refusesAddress(error) ? report("refused") : Effect.void)),
      Effect.zipRight(Ref.update(asked, (all) => new Set(all).add(person.id))),
      Effect.zipRight(Ref.update(failed, (all) => new Map([...all].filter(([id]) => id !== person.id)))),
      Effect.catchAll((error) =>
        Effect.zipRight(
          Effect.flatMap(Clock.currentTimeNanos, (at) =>
            Ref.update(failed, (all) =>
              new Map(all).set(person.id, { at, inARow: (all.get(person.id)?.inARow ?? 0) + 1 }),
            ),
          ),
          Effect.logWarning(`No webhooks for ${person.name} yet: ${error.message}`),
        ),
      ),
    )
  const subscribeDue = Effect.gen(function* () {
    const rows = yield* (yield* Subscriptions).all
    const now = yield* epochSeconds
    const here = yield* Ref.get(asked)
    const isDue = ({ id, standing }: Person) => {
      const row = rows.find((one) => one.personId === id && one.receiver === receiver)
      const stands = row !== undefined && here.has(id) && row.callback === hashOf(callback.callbackUrl)
      return standing.state === "signed-in" && !(stands && isRecent(row.checkedAt, now))
    }
    const failures = yield* Ref.get(failed)
    const nanos = yield* Clock.currentTimeNanos
    const due = (yield* (yield* HouseholdStore).persons).filter(
      (person) => isDue(person) && mayRetry(failures.get(person.id), nanos),
    )
    // Side by side: the bed of one person must not wait behind what the past of another puts off.
    yield* Effect.forEach(due, subscribeOne, { discard: true, concurrency: 10 })
  })
  const retries = Stream.fromSchedule(Schedule.spaced(retriesDueEvery)).pipe(
    Stream.filterEffect(() => Effect.map(Ref.get(failed), (all) => all.size > 0)),
  )
  yield* Stream.merge(feed.wakes, retries).pipe(
    Stream.runForEach(() => subscribeDue),
    Effect.retry(Schedule.spaced("1 minute")),
  )
})

interface Failures {
  /** Of the last one, on the steady clock. */
  readonly at: bigint
  readonly inARow: number
}

/**
 * Ten seconds after the first failure, then twice as long each time, ten minutes at most. Withings gives up on an
 * address that does not answer within seconds, so a busy machine needs an early second attempt.
 */
const mayRetry = (failures: Failures | undefined, now: bigint): boolean => {
  if (failures === undefined) return true
  const seconds = Math.min(5 * 2 ** failures.inARow, 600)
  return now - failures.at >= BigInt(seconds) * 1_000_000_000n
}

/** Asks Withings which webhooks of a person stand, adds those that are missing, and notes it. */
export const subscribePerson = Effect.fn("Notifications.subscribePerson")(function* (
  { id }: Person,
  receiver: Receiver,
  { callbackUrl, secret }: Callback,
) {
  const { applis, isNew } = yield* subscribe(id, callbackUrl, secret)
  const subscriptions = yield* Subscriptions
  yield* subscriptions.stand({ personId: id, receiver, callback: hashOf(callbackUrl), applis }, isNew)
})

/** Whether the person's webhooks were seen to stand at this address lately, or there is no sign-in to ask with. */
export const isSubscribed = Effect.fn("Notifications.isSubscribed")(function* (
  { id, standing }: Person,
  receiver: Receiver,
  { callbackUrl }: Callback,
) {
  if (standing.state !== "signed-in") return true
  const now = yield* epochSeconds
  const row = (yield* (yield* Subscriptions).all).find(
    (one) => one.personId === id && one.receiver === receiver,
  )
  return row !== undefined && row.callback === hashOf(callbackUrl) && isRecent(row.checkedAt, now)
})

/** The address itself is a secret. */
const hashOf = (callbackUrl: string): string =>
  createHash("sha256").update(callbackUrl).digest("hex").slice(0, 16)

/** Checked long ago, or by a clock that was set back since, is not recent. */
const isRecent = (checkedAt: number, now: number): boolean =>
  checkedAt <= now + 60 && now - checkedAt < Duration.toSeconds(reconcileEvery)
