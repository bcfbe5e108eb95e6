import { epochSeconds, readIfThere, writeWhole } from "@withings-bridge/core"
import { Context, Effect, Layer, ParseResult, Ref, Schema } from "effect"
import { mkdirSync } from "node:fs"
import { dirname, join } from "node:path"

/** What the HTTP bridge keeps besides the core's store. */
const Remembered = Schema.Struct({
  /** external_id of the devices the user added. */
  added: Schema.Array(Schema.String),
  clientId: Schema.NullOr(Schema.String),
  clientSecret: Schema.NullOr(Schema.Redacted(Schema.String)),
  callbackUrl: Schema.NullOr(Schema.String),
  /** When the bridge was first started, epoch seconds: the `created_at` of all that it lists. */
  since: Schema.optionalWith(Schema.Number, { default: () => 0 }),
  /** SHA-256 of the API key, hexadecimal. */
  apiKeyHash: Schema.NullOr(Schema.String),
})
type Remembered = typeof Remembered.Type

export const nothing: Remembered = {
  added: [],
  clientId: null,
  clientSecret: null,
  callbackUrl: null,
  since: 0,
  apiKeyHash: null,
}

const asJson = Schema.parseJson(Remembered, { space: 2 })

/** `gladys/state.json` in the home folder, readable by its owner alone. */
export class GladysState extends Context.Tag("withings-gladys/GladysState")<
  GladysState,
  {
    readonly get: Effect.Effect<Remembered>
    readonly update: (change: Partial<Remembered>) => Effect.Effect<Remembered, StateNotKept>
  }
>() {
  static readonly layer = (home: string) => Layer.effect(GladysState, make(home))
}

export class StateNotKept extends Schema.TaggedError<StateNotKept>()("StateNotKept", {
  message: Schema.String,
}) {}

const make = (home: string) =>
  Effect.gen(function* () {
    const file = join(home, "gladys", "state.json")
    const failing = (done: string) =>
      Effect.mapError(
        (cause: unknown) => new StateNotKept({ message: `${file} cannot be ${done}: ${reason(cause)}` }),
      )
    const read = () => {
      mkdirSync(dirname(file), { recursive: true })
      return readIfThere(file)
    }
    const stored = yield* Effect.try({ try: read, catch: asIs }).pipe(
      Effect.flatMap((text) => (text === null ? Effect.succeed(nothing) : Schema.decode(asJson)(text))),
      failing("read"),
    )
    const now = yield* epochSeconds
    const state = yield* Ref.make<Remembered>({ ...stored, since: stored.since || now })
    const oneAtATime = yield* Effect.makeSemaphore(1)
    return GladysState.of({
      get: Ref.get(state),
      update: (change) =>
        Effect.gen(function* () {
          const next = { ...(yield* Ref.get(state)), ...change }
          const text = yield* Schema.encode(asJson)(next)
          yield* Effect.try({ try: () => writeWhole(file, text), catch: asIs })
          yield* Ref.set(state, next)
          return next
        }).pipe(failing("written"), oneAtATime.withPermits(1)),
    })
  })

const asIs = (cause: unknown) => cause

/** A file that is no JSON must not be quoted: it may hold a secret. */
const reason = (cause: unknown): string => {
  if (ParseResult.isParseError(cause))
    return "it is not what this version writes; move it away to start afresh"
  return cause instanceof Error ? cause.message : String(cause)
}
