import { Context, Effect, Layer, Ref, Schema } from "effect"
import { HostApi, type HostConfig, type HostError } from "./HostApi.ts"
import type { Told } from "./toStates.ts"

/** What Gladys was told, by external_id of the feature, and how far back the import goes. */
const Ledger = Schema.Struct({
  /** Epoch seconds; null when no import was asked for. */
  horizon: Schema.NullOr(Schema.Number),
  told: Schema.Record({
    key: Schema.String,
    value: Schema.Struct({ high: Schema.Number, low: Schema.Number, value: Schema.Number }),
  }),
})
type Ledger = typeof Ledger.Type

const asJson = Schema.parseJson(Ledger)
const empty: Ledger = { horizon: null, told: {} }

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
    readonly forget: (externalIds: ReadonlyArray<string>) => Effect.Effect<void>
    readonly horizon: Effect.Effect<number | null>
    readonly setHorizon: (horizon: number) => Effect.Effect<void>
    readonly save: Effect.Effect<void, HostError>
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
        forget: (ids) =>
          change((now) => ({
            ...now,
            told: Object.fromEntries(Object.entries(now.told).filter(([id]) => !ids.includes(id))),
          })),
        horizon: Effect.map(current, ({ horizon }) => horizon),
        setHorizon: (horizon) => change((now) => ({ ...now, horizon })),
        save: Effect.flatMap(current, (now) =>
          Effect.flatMap(Effect.orDie(Schema.encode(asJson)(now)), (text) =>
            host.saveConfig({ [configKey]: text }),
          ),
        ),
      }
    }),
  )
}
