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

/** How a sign-in ended that came back to this machine in another tab. */
export type SignInNews = { readonly name: string } | { readonly error: unknown }

/** Someone whose browser runs on this machine comes back to us by themselves; all others paste the address. */
export const pageCore = (config: BridgeConfig, tell: (news: SignInNews) => void) => {
  const address = ownCallback(config.callbackUrl)
  const hear = Effect.suspend(() =>
    address === null
      ? Effect.void
      : watchCallback(address, (_, exit) =>
          Effect.sync(() => tell(Exit.match(exit, { onFailure, onSuccess }))),
        ),
  )
  // The port may be taken, by the console for example: pasting always works.
  const listening = Layer.scopedDiscard(Effect.ignore(hear))
  return Layer.provideMerge(listening, Bridge.layer(config)).pipe(Layer.provide(pageLog))
}

const onSuccess = ({ name }: { readonly name: string }): SignInNews => ({ name })
const onFailure = (cause: Cause.Cause<unknown>): SignInNews => ({ error: Cause.squash(cause) })

/** Homebridge's UI logs what this process prints. The plugin's own log has everything else. */
const pageLog = Layer.merge(
  Logger.replace(
    Logger.defaultLogger,
    Logger.make(({ message }) => void process.stderr.write(`${messageText(message)}\n`)),
  ),
  Logger.minimumLogLevel(LogLevel.Warning),
)
