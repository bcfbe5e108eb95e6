import { Context, Effect, Layer, Option, Redacted, Ref, Schema } from "effect"
import type { Language, ShownValues } from "@withings-bridge/core"
import type { Naming } from "../toGladys.ts"
import type { HostConfig } from "./HostApi.ts"

/** The values of Gladys' configuration page. Gladys does not send the defaults of the schema: they are here. */
export interface Values {
  readonly clientId: string
  readonly clientSecret: Redacted.Redacted
  /** In the order in which they will press Connect. */
  readonly persons: ReadonlyArray<string>
  readonly language: Language
  readonly values: ShownValues
  /** How far back a new device's history is imported; 0 for not at all. */
  readonly historyDays: number
}

const wholeHistory = 36_500

/** null stands for "not set" too. */
const text = Schema.optionalWith(Schema.Trim, { nullable: true, default: () => "" })

const FromGladys = Schema.Struct({
  client_id: text,
  client_secret: text,
  persons: text,
  language: Schema.optionalWith(Schema.Literal("en", "fr"), { default: () => "en" }),
  values: Schema.optionalWith(Schema.Literal("essential", "all"), { default: () => "essential" }),
  history_days: Schema.optionalWith(Schema.Number.pipe(Schema.between(0, wholeHistory)), {
    default: () => wholeHistory,
  }),
})

const read = (config: HostConfig): Option.Option<Values> =>
  Option.map(Schema.decodeUnknownOption(FromGladys)(config), (values) => ({
    clientId: values.client_id,
    clientSecret: Redacted.make(values.client_secret),
    persons: values.persons.split(",").flatMap((name) => name.trim() || []),
    language: values.language,
    values: values.values,
    historyDays: values.history_days,
  }))

export class Settings extends Context.Tag("withings-gladys/integration/Settings")<
  Settings,
  {
    readonly get: Effect.Effect<Values>
    /** Takes over a configuration. One that cannot be read changes nothing. */
    readonly take: (config: HostConfig) => Effect.Effect<Values>
    readonly naming: Effect.Effect<Naming>
  }
>() {
  static readonly layer = (selector: string) =>
    Layer.effect(
      Settings,
      Effect.gen(function* () {
        const values = yield* Ref.make(Option.getOrThrow(read({})))
        return {
          get: Ref.get(values),
          take: (config) =>
            Ref.updateAndGet(values, (before) => Option.getOrElse(read(config), () => before)),
          naming: Effect.map(Ref.get(values), ({ language }) => ({ prefix: `ext:${selector}`, language })),
        }
      }),
    )
}
