import { SqlClient } from "@effect/sql"
import { Effect, SubscriptionRef } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import { BridgeConfig, defaultKeepMissingDays } from "../BridgeConfig.ts"
import { HouseholdRules } from "../HouseholdRules.ts"
import type { Known } from "../device/describe.ts"
import { noBedChoices } from "../rule/BedChoices.ts"
import { ruleStates } from "../rule/ruleStates.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { HeldStates } from "./HeldStates.ts"
import { HouseholdId } from "./HouseholdId.ts"
import { HouseholdStore } from "./HouseholdStore.ts"
import { insightPast } from "./insightPast.ts"
import { LeftOut } from "./LeftOut.ts"
import { MeasureStore } from "./MeasureStore.ts"
import { pastWeights } from "./pastWeights.ts"

/** Reads the input of `describe`, and the states of rules. */
export const knownNow = Effect.gen(function* () {
  const household = yield* HouseholdStore
  const measures = yield* MeasureStore
  const choice = yield* LeftOut
  const states = yield* HeldStates
  const {
    beds = noBedChoices,
    guideline = "esc-2024",
    keepMissingDays = defaultKeepMissingDays,
  } = yield* BridgeConfig
  const rulesNow = (yield* HouseholdRules).current
  const sql = yield* SqlClient.SqlClient
  const feed = yield* ChangeFeed
  const id = yield* HouseholdId
  const weights = pastWeights(sql, id)
  const insights = insightPast({ sql, household: id })
  return Effect.gen(function* () {
    const now = yield* epochSeconds
    // First, so that commits during the reads are not missed.
    const revision = yield* SubscriptionRef.get(feed.revision)
    const persons = yield* household.persons
    const leftOut = yield* choice.ids
    const held = yield* states.all
    const { mistakes, rules } = yield* rulesNow
    const latest = yield* measures.latest
    const known = {
      persons,
      devices: yield* household.devices,
      latest,
      history: yield* weights,
      past: yield* insights(latest, now, revision),
      guideline,
      presences: yield* household.presences,
      rules: ruleStates(rules, persons, held),
      beds: { choices: beds, held },
      leftOut,
      now,
      keepMissingDays,
    } satisfies Known
    return { known, held, rules, mistakes }
  })
})
