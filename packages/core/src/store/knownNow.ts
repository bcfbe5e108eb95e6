import { SqlClient } from "@effect/sql"
import { Clock, Effect } from "effect"
import { BridgeConfig, defaultKeepMissingDays, noDelays } from "../BridgeConfig.ts"
import type { Known } from "../device/describe.ts"
import { ruleStates } from "../rule/ruleStates.ts"
import { HeldStates } from "./HeldStates.ts"
import { HouseholdStore } from "./HouseholdStore.ts"
import { LeftOut } from "./LeftOut.ts"
import { MeasureStore } from "./MeasureStore.ts"
import { pastWeights } from "./pastWeights.ts"

/** Reads all that the household can be described from, with what is left out and the states of rules. */
export const knownNow = Effect.gen(function* () {
  const household = yield* HouseholdStore
  const measures = yield* MeasureStore
  const choice = yield* LeftOut
  const states = yield* HeldStates
  const { bedDelays = noDelays, keepMissingDays = defaultKeepMissingDays, rules = [] } = yield* BridgeConfig
  const isDelayed = bedDelays.on > 0 || bedDelays.off > 0
  const past = pastWeights(yield* SqlClient.SqlClient)
  return Effect.gen(function* () {
    const persons = yield* household.persons
    const leftOut = yield* choice.ids
    const held = yield* states.all
    const known = {
      persons,
      devices: yield* household.devices,
      latest: yield* measures.latest,
      history: yield* past,
      presences: yield* household.presences,
      rules: ruleStates(rules, persons, held),
      ...(isDelayed ? { beds: held } : {}),
      leftOut,
      now: Math.floor((yield* Clock.currentTimeMillis) / 1000),
      keepMissingDays,
    } satisfies Known
    return { known, held }
  })
})
