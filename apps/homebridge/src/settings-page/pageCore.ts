import {
  Bridge,
  type BridgeConfig,
  type HouseholdFeed,
  listenForCallback,
  type PersonRemoval,
  type RulePreview,
  SignIn,
  type SignInError,
  type StoreError,
  type SyncStatus,
} from "@withings-bridge/core"
import { Effect, Layer, Logger, LogLevel } from "effect"

export type Core = HouseholdFeed | PersonRemoval | RulePreview | SignIn | SyncStatus

/** How a sign-in ended that came back to this machine in another tab. */
export type SignInNews = { readonly name: string } | { readonly error: SignInError | StoreError }

type Tell = (news: SignInNews) => void

/** Someone whose browser runs on this machine comes back to us by themselves; all others paste the address. */
export const pageCore = (config: BridgeConfig, tell: Tell) => {
  const { hostname, port, protocol } = new URL(config.callbackUrl)
  const isHere = protocol === "http:" && (hostname === "localhost" || hostname === "127.0.0.1")
  const listening = hear({ host: "127.0.0.1", port: Number(port === "" ? 80 : port) }, tell)
  return Layer.provideMerge(isHere ? listening : Layer.empty, Bridge.layer(config)).pipe(
    Layer.provide(pageLog),
  )
}

/** The port may be taken, by the console for example: pasting always works. */
const hear = (address: { readonly host: string; readonly port: number }, tell: Tell) =>
  Layer.scopedDiscard(
    Effect.gen(function* () {
      const signIn = yield* SignIn
      const told = SignIn.of({
        ...signIn,
        finish: (landedOn) =>
          signIn.finish(landedOn).pipe(
            Effect.tap(({ name }) => Effect.sync(() => tell({ name }))),
            Effect.tapError((error) => Effect.sync(() => tell({ error }))),
          ),
      })
      yield* listenForCallback(address).pipe(Effect.provideService(SignIn, told), Effect.ignore)
    }),
  )

/** Homebridge's UI logs what this process prints. The plugin's own log has everything else. */
const pageLog = Layer.merge(
  Logger.replace(
    Logger.defaultLogger,
    Logger.make(({ message }) => {
      process.stderr.write(`${(Array.isArray(message) ? message : [message]).map(String).join(" ")}\n`)
    }),
  ),
  Logger.minimumLogLevel(LogLevel.Warning),
)
