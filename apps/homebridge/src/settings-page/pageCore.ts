import {
  Bridge,
  type BridgeConfig,
  type HouseholdFeed,
  messageText,
  ownCallback,
  type PersonRemoval,
  type RulePreview,
  type SignIn,
  type SyncStatus,
  watchCallback,
} from "@withings-bridge/core"
import { Cause, Effect, Exit, Layer, Logger, LogLevel } from "effect"

export type Core = HouseholdFeed | PersonRemoval | RulePreview | SignIn | SyncStatus

/** The result of a sign-in that was finished in another tab. */
export type SignInNews = { readonly name: string } | { readonly error: unknown }

/** A browser on this machine comes back by itself; users of other machines paste the address. */
export const pageCore = (config: BridgeConfig, tell: (news: SignInNews) => void) => {
  const address = ownCallback(config.callbackUrl)
  const hear = Effect.suspend(() =>
    address === null
      ? Effect.void
      : watchCallback(address, (_, exit) =>
          Effect.sync(() => tell(Exit.match(exit, { onFailure, onSuccess }))),
        ),
  )
  // The port may be taken, for example by the console. Pasting always works.
  const listening = Layer.scopedDiscard(Effect.ignore(hear))
  return Layer.provideMerge(listening, Bridge.layer(config)).pipe(Layer.provide(pageLog))
}

const onSuccess = ({ name }: { readonly name: string }): SignInNews => ({ name })
const onFailure = (cause: Cause.Cause<unknown>): SignInNews => ({ error: Cause.squash(cause) })

/** Only warnings: Homebridge's UI logs whatever this process prints. */
const pageLog = Layer.merge(
  Logger.replace(
    Logger.defaultLogger,
    Logger.make(({ message }) => void process.stderr.write(`${messageText(message)}\n`)),
  ),
  Logger.minimumLogLevel(LogLevel.Warning),
)
