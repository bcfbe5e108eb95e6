import { BridgeConfig, HouseholdFeed, SyncStatus } from "@withings-bridge/core"
import { Effect, Redacted } from "effect"
import type { ConsoleState, SettingsState } from "../ConsoleState.ts"
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
export const consoleState = (home: string) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const sync = yield* SyncStatus
    const config = yield* BridgeConfig.loadWith({ home })
    return {
      household: yield* feed.current,
      settings: settingsOf(config),
      sync: { progress: yield* sync.progress, consumers: yield* feed.consumers },
      homes: yield* homesState(home),
    } satisfies ConsoleState
  })
