import { FileSystem, Path } from "@effect/platform"
import { epochSeconds } from "@withings-bridge/core"
import { Context, Effect, Layer, ParseResult, Ref, Schema } from "effect"

/** What the HTTP bridge remembers beside the core's store. */
export class Remembered extends Schema.Class<Remembered>("Remembered")({
  /** external_id of the devices the user added. */
  added: Schema.Array(Schema.String),
  clientId: Schema.NullOr(Schema.String),
  clientSecret: Schema.NullOr(Schema.Redacted(Schema.String)),
  callbackUrl: Schema.NullOr(Schema.String),
  /** When the bridge was first started, epoch seconds: the `created_at` of all that it lists. */
  since: Schema.optionalWith(Schema.Number, { default: () => 0 }),
  /** SHA-256 of the API key, hexadecimal. */
  apiKeyHash: Schema.NullOr(Schema.String),
}) {
  static readonly nothing = new Remembered({
    added: [],
    clientId: null,
    clientSecret: null,
    callbackUrl: null,
    since: 0,
    apiKeyHash: null,
  })
}

const asJson = Schema.parseJson(Remembered, { space: 2 })
const ownerOnly = 0o600

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
    const files = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const folder = path.join(home, "gladys")
    const file = path.join(folder, "state.json")
    yield* files
      .makeDirectory(folder, { recursive: true })
      .pipe(
        Effect.mapError(
          (cause) => new StateNotKept({ message: `The folder ${folder} cannot be made: ${cause.message}` }),
        ),
      )
    const stored = yield* files.exists(file).pipe(
      Effect.flatMap((exists) =>
        exists
          ? Effect.flatMap(files.readFileString(file), Schema.decode(asJson))
          : Effect.succeed(Remembered.nothing),
      ),
      Effect.mapError((cause) => new StateNotKept({ message: `${file} cannot be read: ${reason(cause)}` })),
    )
    const now = yield* epochSeconds
    const state = yield* Ref.make(stored.since === 0 ? new Remembered({ ...stored, since: now }) : stored)
    const oneAtATime = yield* Effect.makeSemaphore(1)
    const write = (remembered: Remembered) =>
      Effect.gen(function* () {
        const text = yield* Schema.encode(asJson)(remembered)
        yield* files.writeFileString(`${file}.new`, text, { mode: ownerOnly })
        yield* files.rename(`${file}.new`, file)
      }).pipe(
        Effect.mapError(
          (cause) => new StateNotKept({ message: `${file} cannot be written: ${reason(cause)}` }),
        ),
      )
    return GladysState.of({
      get: Ref.get(state),
      update: (change) =>
        Effect.gen(function* () {
          const next = new Remembered({ ...(yield* Ref.get(state)), ...change })
          yield* write(next)
          yield* Ref.set(state, next)
          return next
        }).pipe(oneAtATime.withPermits(1)),
    })
  })

/** A file that is no JSON must not be quoted: it may hold a secret. */
const reason = (cause: { readonly message: string }): string =>
  ParseResult.isParseError(cause)
    ? "it is not what this version writes; move it away to start afresh"
    : cause.message
