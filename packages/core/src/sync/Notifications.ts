import type { HttpClient } from "@effect/platform"
import { Cause, Duration, Effect, Layer, Ref, Schedule, Stream } from "effect"
import { BridgeConfig, type RelayedWebhook, type WebhookConfig } from "../BridgeConfig.ts"
import type { Person } from "../measure/Person.ts"
import { ChangeFeed } from "../store/ChangeFeed.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { Lease, type LeaseGrant } from "../store/Lease.ts"
import type { SyncCursor } from "../store/SyncCursor.ts"
import { Troubles } from "../trouble/Troubles.ts"
import type { WithingsApi } from "../withings/WithingsApi.ts"
import { LeaseLost } from "./LeaseLost.ts"
import { type RelayStanding, RelayedWebhooks } from "./RelayedWebhooks.ts"
import { receiverTrouble, receiverTroubles } from "./receiverTrouble.ts"
import { refusesAddress, subscribe } from "./subscribe.ts"
import { probe } from "./probeWebhook.ts"
import { webhookSecret, webhookUrl } from "./webhookUrl.ts"

const followerAsksEvery = Duration.seconds(5)
const reconcileEvery = Duration.hours(1)
const failedEvery = Duration.minutes(10)

/**
 * Receives webhooks as long as its scope is open, in one of all processes, and keeps the subscriptions. Nothing of
 * it is needed for a complete sync: it makes the sync prompt, and it brings who lies in which bed.
 */
export const layer: Layer.Layer<
  never,
  never,
  | BridgeConfig
  | ChangeFeed
  | HouseholdStore
  | HttpClient.HttpClient
  | Lease
  | RelayedWebhooks
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
    yield* Effect.forkScoped(keepSubscribed(callbackUrl, secret))
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
  Effect.flatMap(RelayedWebhooks, ({ standing }) =>
    keepSubscribed(callbackUrl, ending, (now) => Ref.set(standing, now)),
  )

/** At once for whoever signs in, and again every hour: Withings drops subscriptions without a word. */
const keepSubscribed = (
  callbackUrl: string,
  secret: string,
  report: (standing: RelayStanding) => Effect.Effect<void> = () => Effect.void,
) =>
  Effect.gen(function* () {
    const feed = yield* ChangeFeed
    const household = yield* HouseholdStore
    const tried = yield* Ref.make<Readonly<Record<string, "subscribed" | "failed">>>({})
    const forget = (outcomes: ReadonlyArray<"subscribed" | "failed">) =>
      Ref.update(tried, (all) =>
        Object.fromEntries(Object.entries(all).filter(([, outcome]) => !outcomes.includes(outcome))),
      )

    const trySubscribe = ({ id, name }: Person) =>
      subscribe(id, callbackUrl, secret).pipe(
        Effect.tap(() => report("subscribed")),
        Effect.tapError((error) => (refusesAddress(error) ? report("refused") : Effect.void)),
        Effect.as("subscribed" as const),
        Effect.catchAll((error) =>
          Effect.as(Effect.logWarning(`No webhooks for ${name} yet: ${error.message}`), "failed" as const),
        ),
        Effect.flatMap((outcome) => Ref.update(tried, (all) => ({ ...all, [id]: outcome }))),
      )

    const subscribeNew = Effect.gen(function* () {
      const persons = yield* household.persons
      for (const person of persons) {
        const outcome = (yield* Ref.get(tried))[person.id]
        if (person.standing.state === "signed-in" && outcome === undefined) yield* trySubscribe(person)
        // Whoever signs in anew has lost the subscriptions.
        if (person.standing.state === "needs-sign-in" && outcome !== undefined) {
          yield* Ref.update(tried, (all) =>
            Object.fromEntries(Object.entries(all).filter(([id]) => id !== person.id)),
          )
        }
      }
    })

    const again = (every: Duration.Duration, outcomes: ReadonlyArray<"subscribed" | "failed">) =>
      Stream.mapEffect(Stream.fromSchedule(Schedule.spaced(every)), () => forget(outcomes))
    yield* Stream.mergeAll(
      [feed.wakes, again(failedEvery, ["failed"]), again(reconcileEvery, ["subscribed", "failed"])],
      { concurrency: "unbounded" },
    ).pipe(
      Stream.runForEach(() => subscribeNew),
      Effect.retry(Schedule.spaced("1 minute")),
    )
  })
