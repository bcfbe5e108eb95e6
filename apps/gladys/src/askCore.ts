import { HouseholdFeed, type PersonId, SignIn } from "@withings-bridge/core"
import { type Context, Effect } from "effect"
import { BridgeHost, type CoreServices } from "./BridgeHost.ts"
import { FeatureHistory, type Window } from "./FeatureHistory.ts"
import { Refresh } from "./Refresh.ts"
import type { Pairing } from "./toGladys.ts"

/** Asks one service of the core that runs now. */
export const askCore = <I extends CoreServices, S, A, E>(
  service: Context.Tag<I, S>,
  question: (service: S) => Effect.Effect<A, E>,
): Effect.Effect<A, E, BridgeHost> => Effect.flatMap(BridgeHost, (host) => host.ask(service, question))

export const household = askCore(HouseholdFeed, (feed) => feed.current)

/** Asks Withings now for what is new of one person, or of everyone (null). */
export const refresh = (personId: PersonId | null) => askCore(Refresh, (sync) => sync.now(personId))

/** The history of a feature in its own unit. */
export const pointsOf = ({ descriptor, feature }: Pairing, window: Window) =>
  askCore(FeatureHistory, (history) => history.points(descriptor, feature, window))

export const startSignIn = (personName: string | undefined) =>
  askCore(SignIn, (signIn) => signIn.start(personName === undefined ? {} : { personName }))

/** Finishes a sign-in with what Withings appended to the callback address. */
export const finishSignIn = (callbackUrl: string, code: string, state: string) => {
  const landedOn = new URL(callbackUrl)
  landedOn.searchParams.set("code", code)
  landedOn.searchParams.set("state", state)
  return askCore(SignIn, (signIn) => signIn.finish(landedOn.href))
}
