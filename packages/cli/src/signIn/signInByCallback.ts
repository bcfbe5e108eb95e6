import { watchCallback, type Person, type SignInError, type StoreError } from "@withings-bridge/core"
import { Deferred, Effect } from "effect"

/**
 * Waits until the browser returns with this sign-in's `state`; returns who signed in. The page in the browser shows the
 * outcome. Another `state` is refused and does not end the wait: any site can send a browser here.
 */
export const signInByCallback = (address: Parameters<typeof watchCallback>[0], state: string) =>
  Effect.gen(function* () {
    const outcome = yield* Deferred.make<Person, SignInError | StoreError>()
    yield* watchCallback(address, (landedOn, exit) =>
      landedOn.includes(state) ? Deferred.done(outcome, exit) : Effect.void,
    )
    return yield* Deferred.await(outcome)
  })
