import { BridgeConfig, HouseholdFeed, type Person, SyncStatus, Troubles } from "@withings-bridge/core"
import { Effect, Redacted } from "effect"
import type { ConsoleState, SettingsState } from "../ConsoleState.ts"
import type { ConsoleOptions } from "./ConsoleOptions.ts"
import { homeKitPairing, homeStates, matterBridge, showsOf } from "./homes.ts"
import { LastSignIn } from "./LastSignIn.ts"

const settingsOf = (config: BridgeConfig): SettingsState => ({
  hubUrl: config.hub?.url ?? null,
  clientId: config.clientId === "" ? null : config.clientId,
  hasSecret: Redacted.value(config.clientSecret) !== "",
  callbackUrl: config.callbackUrl,
  profiles: config.profiles,
  home: config.home,
  webhookUrl: config.webhook?.publicUrl ?? null,
  pollEverySeconds: config.pollEvery,
})

/** Persons in the order of the setting `profiles`, others after them. */
const inOrderOf = (names: ReadonlyArray<string>, persons: ReadonlyArray<Person>) => {
  const rank = ({ name }: Person) => (names.includes(name) ? names.indexOf(name) : names.length)
  return persons.toSorted((a, b) => rank(a) - rank(b))
}

/** The current state. Settings are read again, because they may have been saved since the start. */
export const consoleState = (options: ConsoleOptions) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const sync = yield* SyncStatus
    const config = yield* BridgeConfig.loadWith({ home: options.home })
    const household = yield* feed.current
    return {
      household: { ...household, persons: inOrderOf(config.profiles, household.persons) },
      settings: settingsOf(config),
      troubles: yield* (yield* Troubles).current,
      sync: { progress: yield* sync.progress, consumers: yield* feed.consumers },
      homes: yield* homeStates(options),
      shows: showsOf(options, household),
      homeKit: yield* homeKitPairing(options.home),
      matter: yield* matterBridge(options.home),
      signIn: yield* Effect.flatten(LastSignIn),
    } satisfies ConsoleState
  })
