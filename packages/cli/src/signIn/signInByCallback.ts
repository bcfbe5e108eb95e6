import { ownCallback, type SignIn, watchCallback } from "@withings-bridge/core"
import { Deferred, Effect } from "effect"

type SignedIn = Effect.Effect.Success<ReturnType<SignIn["Type"]["finish"]>>
type NotSignedIn = Effect.Effect.Error<ReturnType<SignIn["Type"]["finish"]>>

/** For all others the address is pasted. */
export const canListen = (callbackUrl: string): boolean => ownCallback(callbackUrl) !== null

/**
 * Waits until the browser returns with this sign-in's `state`, and answers who has signed in. The page in the browser
 * shows the real outcome. Any other `state` is refused there and ends nothing: any site can send a browser here.
 */
export const signInByCallback = (callbackUrl: string, state: string) =>
  Effect.gen(function* () {
    const outcome = yield* Deferred.make<SignedIn, NotSignedIn>()
    const address = ownCallback(callbackUrl) ?? { host: "localhost", port: 80 }
    yield* watchCallback(address, (landedOn, exit) =>
      landedOn.includes(state) ? Deferred.done(outcome, exit) : Effect.void,
    )
    return yield* Deferred.await(outcome)
  })
