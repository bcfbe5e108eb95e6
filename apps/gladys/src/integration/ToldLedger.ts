import { Context, Effect, Layer, Ref, Schema } from "effect"
import { type CreatedFeature, HostApi, type HostConfig } from "./HostApi.ts"
import type { Told } from "./toStates.ts"

/** What Gladys was told, by external_id of the feature, and how far back the import goes. */
const Ledger = Schema.Struct({
  /** How far back essential values are imported, epoch seconds; null when no import was asked for. */
  horizon: Schema.NullOr(Schema.Number),
  /** How far back the others are. */
  horizonOfOthers: Schema.optionalWith(Schema.NullOr(Schema.Number), { default: () => null }),
  /** Gladys' own id of each feature that was told. */
  ids: Schema.optionalWith(Schema.Record({ key: Schema.String, value: Schema.String }), {
    default: () => ({}),
  }),
  told: Schema.Record({
    key: Schema.String,
    value: Schema.Struct({ high: Schema.Number, low: Schema.Number, value: Schema.Number }),
  }),
})
type Ledger = typeof Ledger.Type

const asJson = Schema.parseJson(Ledger)
const empty: Ledger = { horizon: null, horizonOfOthers: null, ids: {}, told: {} }

/** Private storage of the integration in Gladys: kept, restored and forgotten together with the history itself. */
const configKey = "told"

/** Remembers what Gladys was told, so that nothing is told twice and an import goes on where it stopped. */
export class ToldLedger extends Context.Tag("withings-gladys/integration/ToldLedger")<
  ToldLedger,
  {
    /** Takes what an earlier run left, once. */
    readonly load: (config: HostConfig) => Effect.Effect<void>
    readonly told: (externalId: string) => Effect.Effect<Told | null>
    readonly tell: (externalId: string, told: Told) => Effect.Effect<void>
    /**
     * Forgets the features that Gladys no longer has, or has anew: with another id, and with none of their states.
     * Nothing tells of that while the integration is away.
     */
    readonly reconcile: (features: ReadonlyArray<CreatedFeature>) => Effect.Effect<void>
    /** How far back it is imported, epoch seconds; null where no import was asked for. */
    readonly horizon: (essential: boolean) => Effect.Effect<number | null>
    /** Moves both horizons back, never forth. */
    readonly extend: (to: { readonly essential: number; readonly others: number }) => Effect.Effect<void>
    /** What Gladys does not take is warned of, and saved with the next. */
    readonly save: Effect.Effect<void>
  }
>() {
  static readonly layer = Layer.effect(
    ToldLedger,
    Effect.gen(function* () {
      const host = yield* HostApi
      const ledger = yield* Ref.make<Ledger | null>(null)
      const current = Effect.map(Ref.get(ledger), (now) => now ?? empty)
      const change = (to: (now: Ledger) => Ledger) => Ref.update(ledger, (now) => to(now ?? empty))
      return {
        load: (config) =>
          Effect.gen(function* () {
            if ((yield* Ref.get(ledger)) !== null) return
            const stored = yield* Schema.decodeUnknown(asJson)(config[configKey]).pipe(
              Effect.orElseSucceed(() => empty),
            )
            yield* Ref.set(ledger, stored)
          }),
        told: (id) => Effect.map(current, ({ told }) => told[id] ?? null),
        tell: (id, told) => change((now) => ({ ...now, told: { ...now.told, [id]: told } })),
        reconcile: (features) => change((now) => reconciled(now, features)),
        horizon: (essential) => Effect.map(current, (now) => (essential ? now.horizon : now.horizonOfOthers)),
        extend: ({ essential, others }) =>
          change((now) => ({
            ...now,
            horizon: Math.min(now.horizon ?? essential, essential),
            horizonOfOthers: Math.min(now.horizonOfOthers ?? others, others),
          })),
        save: Effect.flatMap(current, (now) =>
          Effect.flatMap(Effect.orDie(Schema.encode(asJson)(now)), (text) =>
            host.saveConfig({ [configKey]: text }),
          ),
        ).pipe(Effect.catchAll((error) => Effect.logWarning(error.message))),
      }
    }),
  )
}

const reconciled = (now: Ledger, features: ReadonlyArray<CreatedFeature>): Ledger => {
  const ids = new Map(
    features.flatMap(({ external_id, id }) => (id === null ? [] : [[external_id, id] as const])),
  )
  const known = new Set(features.map(({ external_id }) => external_id))
  const isSame = (externalId: string) => {
    const before = now.ids[externalId]
    return known.has(externalId) && (before === undefined || before === ids.get(externalId))
  }
  return {
    ...now,
    ids: Object.fromEntries(ids),
    told: Object.fromEntries(Object.entries(now.told).filter(([externalId]) => isSame(externalId))),
  }
}
