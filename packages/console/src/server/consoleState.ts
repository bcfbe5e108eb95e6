import { BridgeConfig, HouseholdFeed, SyncStatus } from "@withings-bridge/core"
import { Effect, Redacted } from "effect"
import type { ConsoleState, SettingsState } from "../ConsoleState.ts"
import type { ConsoleOptions } from "./ConsoleOptions.ts"
import { homesState } from "./homes.ts"

const settingsOf = (config: BridgeConfig): SettingsState => ({
  clientId: config.clientId === "" ? null : config.clientId,
  hasSecret: Redacted.value(config.clientSecret) !== "",
  callbackUrl: config.callbackUrl,
  profiles: config.profiles,
  home: config.home,
  webhookUrl: config.webhook?.publicUrl ?? null,
  pollEverySeconds: config.pollEvery,
})

/** Everything the page shows, as it stands now. Settings are read anew: they may have been saved since the start. */
export const consoleState = (options: ConsoleOptions) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const sync = yield* SyncStatus
    const config = yield* BridgeConfig.loadWith({ home: options.home })
    return {
      household: yield* feed.current,
      settings: settingsOf(config),
      sync: { progress: yield* sync.progress, consumers: yield* feed.consumers },
      homes: yield* homesState(options),
    } satisfies ConsoleState
  })
