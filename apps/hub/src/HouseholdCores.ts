import { type HouseholdCore, layerHouseholdCore, type SharedCore } from "@withings-bridge/core/hub"
import { type BridgeConfig, StoreError } from "@withings-bridge/core"
import type { SqlClient } from "@effect/sql"
import { Context, Effect, Layer, RcMap, Redacted, Scope, Stream } from "effect"
import { createHmac } from "node:crypto"
import { type Application, configWithoutApplication, Hub, type HubConfig } from "./HubConfig.ts"
import { applicationOf } from "./store/householdRows.ts"

/** Time for which an unused core is kept. */
const kept = "5 minutes"

/** The cores of the households that this runner works for. */
export class HouseholdCores extends Context.Tag("withings-hub/HouseholdCores")<
  HouseholdCores,
  {
    readonly of: (
      household: string,
    ) => <A, E>(effect: Effect.Effect<A, E, HouseholdCore>) => Effect.Effect<A, E | StoreError>
    readonly streamOf: (
      household: string,
    ) => <A, E>(stream: Stream.Stream<A, E, HouseholdCore>) => Stream.Stream<A, E | StoreError>
    /** Closes the core of a deleted household. */
    readonly drop: (household: string) => Effect.Effect<void>
  }
>() {
  static readonly layer: Layer.Layer<HouseholdCores, never, Needs> = Layer.scoped(
    HouseholdCores,
    Effect.suspend(() => make),
  )
}

type Needs = Hub | SharedCore | SqlClient.SqlClient

const make: Effect.Effect<HouseholdCores["Type"], never, Needs | Scope.Scope> = Effect.gen(function* () {
  // Without the scope of this layer, in which no core would be closed before all of them are.
  const needs = Context.omit(Scope.Scope)(yield* Effect.context<Needs>())
  const build = (household: string): Effect.Effect<Context.Context<HouseholdCore>, StoreError, Scope.Scope> =>
    Effect.gen(function* () {
      const config = coreConfig(yield* Hub, yield* applicationOf(household))
      // Built separately for each household: they must not share anything.
      return yield* Layer.build(layerHouseholdCore(household, config))
    }).pipe(
      Effect.provide(needs),
      Effect.catchTag("NoHousehold", ({ message }) =>
        Effect.fail(new StoreError({ operation: "find a household", cause: message })),
      ),
    )
  const cores = yield* RcMap.make({ lookup: build, idleTimeToLive: kept })
  return HouseholdCores.of({
    of: (household) => (effect) =>
      Effect.scoped(Effect.flatMap(RcMap.get(cores, household), (core) => Effect.provide(effect, core))),
    streamOf: (household) => (stream) =>
      Stream.unwrapScoped(
        Effect.map(RcMap.get(cores, household), (core) => Stream.provideContext(stream, core)),
      ),
    drop: (household) => RcMap.invalidate(cores, household),
  })
})

/** As a home would configure it, with an application of the hub. */
const coreConfig = (hub: HubConfig, application: Application): BridgeConfig => {
  const { callbackUrl, secret } = webhookOf(hub, application)
  return {
    ...configWithoutApplication(hub),
    ...application,
    callbackUrl: `${hub.publicUrl}/callback`,
    relayedWebhook: { callbackUrl, ending: secret },
  }
}

/** The address of an application's webhooks. Its secret is made from the application's own, on every runner the same. */
export const webhookOf = (
  { publicUrl }: HubConfig,
  { clientId, clientSecret }: Application,
): { readonly callbackUrl: string; readonly secret: string } => {
  const secret = createHmac("sha256", Redacted.value(clientSecret))
    .update(`webhooks of ${clientId}`)
    .digest("hex")
    .slice(0, 48)
  return { callbackUrl: `${publicUrl}/webhook/${secret}`, secret }
}
