import { listenForCallback, type Person, SignIn } from "@withings-bridge/core"
import { Deferred, Effect } from "effect"

/** Only this machine's own names can be listened on; for all others the address is pasted. */
const ownNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"])

export const canListen = (callbackUrl: string): boolean => {
  const { hostname, protocol } = new URL(callbackUrl)
  return protocol === "http:" && ownNames.has(hostname)
}

/**
 * Waits until the browser returns with this sign-in's `state`, and answers who has signed in. The page in the browser
 * shows the real outcome. Any other `state` is refused there and ends nothing: any site can send a browser here.
 */
export const signInByCallback = (callbackUrl: string, state: string) =>
  Effect.gen(function* () {
    const { hostname, port } = new URL(callbackUrl)
    const signIn = yield* SignIn
    const outcome = yield* Deferred.make<Person, Effect.Effect.Error<ReturnType<typeof signIn.finish>>>()
    const watched = SignIn.of({
      ...signIn,
      finish: (landedOn) => {
        const finished = signIn.finish(landedOn)
        return landedOn.includes(state)
          ? Effect.onExit(finished, (exit) => Deferred.done(outcome, exit))
          : finished
      },
    })
    yield* listenForCallback({ host: hostname.replace(/^\[|\]$/gu, ""), port: Number(port || 80) }).pipe(
      Effect.provideService(SignIn, watched),
    )
    return yield* Deferred.await(outcome)
  })
