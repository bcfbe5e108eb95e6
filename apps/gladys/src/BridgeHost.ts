import {
  HouseholdFeed,
  type HouseholdChange,
  type HubAddress,
  type RelayedWebhook,
  type RelayedWebhooks,
  type SignIn,
  type StoreError,
} from "@withings-bridge/core"
import {
  Context,
  Data,
  Effect,
  Equal,
  Exit,
  Layer,
  type Redacted,
  Schedule,
  Scope,
  Stream,
  SubscriptionRef,
} from "effect"
import type { FeatureHistory } from "./FeatureHistory.ts"
import type { Refresh } from "./Refresh.ts"

/** Settings that a Gladys user may change at any time. The core reads them when it starts. */
export interface Credentials {
  /** Empty: none is set. */
  readonly clientId: string
  readonly clientSecret: Redacted.Redacted
  /** Followed instead of Withings; then no credentials are needed. */
  readonly hub?: HubAddress
  readonly callbackUrl: string
  /** Names of the persons in the order they sign in. */
  readonly profiles: ReadonlyArray<string>
  /** Where Gladys Plus receives webhooks, null where it does not. */
  readonly relayedWebhook?: RelayedWebhook | null
}

export type CoreServices = HouseholdFeed | SignIn | FeatureHistory | Refresh | RelayedWebhooks

/** The core for these credentials, with the app's own views of it. */
export type CoreLayer = (credentials: Credentials) => Layer.Layer<CoreServices, CoreFailed>

export class CoreFailed extends Data.TaggedError("CoreFailed")<{ readonly message: string }> {}

/** The running core. It is restarted when the credentials change. */
export class BridgeHost extends Context.Tag("withings-gladys/BridgeHost")<
  BridgeHost,
  {
    readonly credentials: Effect.Effect<Credentials>
    /** Restarts the core if anything differs. When the new one cannot start, the old one goes on. */
    readonly configure: (change: Partial<Credentials>) => Effect.Effect<void, CoreFailed>
    /** Asks one service of the core that runs now. */
    readonly ask: <I extends CoreServices, S, A, E>(
      service: Context.Tag<I, S>,
      question: (service: S) => Effect.Effect<A, E>,
    ) => Effect.Effect<A, E>
    /** {@link HouseholdFeed}.follow as consumer "gladys", over restarts of the core and failures of its store. */
    readonly follow: <R>(
      handler: (change: HouseholdChange) => Effect.Effect<void, StoreError, R>,
    ) => Effect.Effect<void, never, R>
  }
>() {
  static readonly layer = (core: CoreLayer, initial: Credentials) =>
    Layer.scoped(BridgeHost, make(core, initial))
}

interface Running {
  readonly credentials: Credentials
  readonly scope: Scope.CloseableScope
  readonly services: Context.Context<CoreServices>
}

/** Under this name the core remembers which changes Gladys has. */
const consumer = "gladys"
const afterAFailure = Schedule.spaced("5 seconds")

const make = (core: CoreLayer, initial: Credentials) =>
  Effect.gen(function* () {
    const start = (credentials: Credentials) =>
      Effect.gen(function* () {
        const scope = yield* Scope.make()
        const services = yield* Layer.buildWithScope(core(credentials), scope).pipe(
          Effect.onError((cause) => Scope.close(scope, Exit.failCause(cause))),
        )
        return { credentials, scope, services } satisfies Running
      })
    const running = yield* SubscriptionRef.make<Running>(yield* start(initial))
    const oneAtATime = yield* Effect.makeSemaphore(1)
    yield* Effect.addFinalizer((exit) =>
      Effect.flatMap(SubscriptionRef.get(running), (last) => Scope.close(last.scope, exit)),
    )
    return BridgeHost.of({
      credentials: Effect.map(SubscriptionRef.get(running), (now) => now.credentials),
      configure: (change) =>
        // Fibers that a starting core forks must stay interruptible, or it could never be stopped.
        Effect.uninterruptibleMask((restore) =>
          Effect.gen(function* () {
            const before = yield* SubscriptionRef.get(running)
            const wanted = { ...before.credentials, ...change }
            if (sameCredentials(before.credentials, wanted)) return
            yield* SubscriptionRef.set(running, yield* restore(start(wanted)))
            yield* Scope.close(before.scope, Exit.void)
          }),
        ).pipe(oneAtATime.withPermits(1)),
      ask: (service, question) =>
        Effect.flatMap(SubscriptionRef.get(running), ({ services }) =>
          question(Context.get(services, service)),
        ),
      follow: (handler) =>
        running.changes.pipe(
          Stream.flatMap(({ services }) => Stream.fromEffect(followIn(services, handler)), { switch: true }),
          Stream.runDrain,
        ),
    })
  })

const followIn = <R>(
  services: Context.Context<CoreServices>,
  handler: (change: HouseholdChange) => Effect.Effect<void, StoreError, R>,
) =>
  Effect.suspend(() => Context.get(services, HouseholdFeed).follow(consumer, handler)).pipe(
    Effect.tapError((error) => Effect.logWarning(error.message)),
    Effect.retry(afterAFailure),
    Effect.orDie,
  )

export const sameCredentials = (one: Credentials, other: Credentials): boolean =>
  one.clientId === other.clientId &&
  Equal.equals(one.clientSecret, other.clientSecret) &&
  one.callbackUrl === other.callbackUrl &&
  one.relayedWebhook?.callbackUrl === other.relayedWebhook?.callbackUrl &&
  one.profiles.join("\n") === other.profiles.join("\n")
