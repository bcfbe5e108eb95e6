import { Context, Effect, Layer, Ref, Schema } from "effect"
import { type CreatedFeature, HostApi, type HostConfig } from "./HostApi.ts"
import type { Sent } from "./toStates.ts"

/** What Gladys has of each feature, by external_id, and how far back the import goes. */
const Ledger = Schema.Struct({
  /** How far back essential values are imported, epoch seconds; null when no import was asked for. */
  horizon: Schema.NullOr(Schema.Number),
  /** How far back the others are. */
  horizonOfOthers: Schema.optionalWith(Schema.NullOr(Schema.Number), { default: () => null }),
  /** Gladys' own id of each feature. */
  ids: Schema.optionalWith(Schema.Record({ key: Schema.String, value: Schema.String }), {
    default: () => ({}),
  }),
  sent: Schema.propertySignature(
    Schema.Record({
      key: Schema.String,
      value: Schema.Struct({ high: Schema.Number, low: Schema.Number, value: Schema.Number }),
    }),
  ).pipe(Schema.fromKey("told")),
})
type Ledger = typeof Ledger.Type

const asJson = Schema.parseJson(Ledger)
const empty: Ledger = { horizon: null, horizonOfOthers: null, ids: {}, sent: {} }

/** In the private storage of the integration in Gladys, which is backed up and restored together with the history. */
const configKey = "told"

/** Remembers what Gladys has, so that nothing is sent twice and an import goes on where it stopped. */
export class SentLedger extends Context.Tag("withings-gladys/integration/SentLedger")<
  SentLedger,
  {
    /** Loads the ledger of an earlier run, once. */
    readonly load: (config: HostConfig) => Effect.Effect<void>
    readonly sent: (externalId: string) => Effect.Effect<Sent | null>
    readonly record: (externalId: string, sent: Sent) => Effect.Effect<void>
    /** Forgets features that were removed in Gladys, or removed and added again: those have another id and no states. */
    readonly reconcile: (features: ReadonlyArray<CreatedFeature>) => Effect.Effect<void>
    /** How far back features are imported, epoch seconds; null: no import was asked for. */
    readonly horizon: (essential: boolean) => Effect.Effect<number | null>
    /** Moves both horizons back, never forward. */
    readonly extend: (to: { readonly essential: number; readonly others: number }) => Effect.Effect<void>
    /** A failure is logged; the next call saves everything. */
    readonly save: Effect.Effect<void>
  }
>() {
  static readonly layer = Layer.effect(
    SentLedger,
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
        sent: (id) => Effect.map(current, ({ sent }) => sent[id] ?? null),
        record: (id, sent) => change((now) => ({ ...now, sent: { ...now.sent, [id]: sent } })),
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
    sent: Object.fromEntries(Object.entries(now.sent).filter(([externalId]) => isSame(externalId))),
  }
}
