import { BridgeConfig, listenForCallback, ownCallback, type SignIn } from "@withings-bridge/core"
import { Effect, FiberHandle } from "effect"

/** As long as a sign-in may take. */
const patience = "15 minutes"

/**
 * Listens on the callback address during a sign-in, if it is on this machine and not the console's own. A taken port is
 * no failure: another process of the household listens there, or the user pastes the address.
 */
export const callbackHearing = (home: string) =>
  Effect.gen(function* () {
    const hearing = yield* FiberHandle.make()
    const context = yield* Effect.context<SignIn>()
    const hear = Effect.gen(function* () {
      const { callbackUrl } = yield* BridgeConfig.loadWith({ home })
      const address = ownCallback(callbackUrl)
      if (address === null) return
      yield* listenForCallback(address)
      yield* Effect.sleep(patience)
    }).pipe(Effect.scoped, Effect.ignore, Effect.provide(context))
    return Effect.asVoid(FiberHandle.run(hearing, hear, { onlyIfMissing: true }))
  })
