import { SignIn } from "@withings-bridge/core"
import { Clock, Context, Effect, Layer, Ref } from "effect"
import type { SignInUnderWay } from "../ConsoleState.ts"
import { refusalOf } from "./refusal.ts"

interface Started extends SignInUnderWay {
  readonly state: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** Milliseconds; as long as a sign-in may take. */
const patience = 15 * 60_000

/**
 * The last sign-in that was started here, until it ends or expires. It ends in another tab, so the page that started it
 * learns the outcome from here.
 */
export class LastSignIn extends Context.Tag("@withings-bridge/console/LastSignIn")<
  LastSignIn,
  Effect.Effect<SignInUnderWay | null>
>() {
  /** Wraps the core's {@link SignIn} to follow it. */
  static readonly layer = Layer.effectContext(
    Effect.gen(function* () {
      const signIn = yield* SignIn
      const last = yield* Ref.make<Started | null>(null)
      const watched = SignIn.of({
        ...signIn,
        start: (options) =>
          Effect.tap(signIn.start(options), ({ state }) =>
            Effect.flatMap(Clock.currentTimeMillis, (at) =>
              Ref.set(last, { state, at, personName: options.personName ?? "", failure: null }),
            ),
          ),
        finish: (landedOn) => {
          // Other callbacks belong to sign-ins that were started elsewhere.
          const become = (next: (started: Started) => Started | null) =>
            Ref.update(last, (started) =>
              started && landedOn.includes(started.state) ? next(started) : started,
            )
          return signIn.finish(landedOn).pipe(
            Effect.tap(() => become(() => null)),
            Effect.tapError((error) => become((started) => ({ ...started, failure: refusalOf(error) }))),
          )
        },
      })
      const current = Effect.zipWith(Ref.get(last), Clock.currentTimeMillis, (started, now) =>
        started === null || now - started.at > patience
          ? null
          : { personName: started.personName, failure: started.failure },
      )
      return Context.make(LastSignIn, current).pipe(Context.add(SignIn, watched))
    }),
  )
}
