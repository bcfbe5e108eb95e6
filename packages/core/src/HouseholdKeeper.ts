import { SqlClient } from "@effect/sql"
import { Duration, Effect, Layer, Stream, SubscriptionRef } from "effect"
import { BridgeConfig } from "./BridgeConfig.ts"
import { ConfigError } from "./config/ConfigError.ts"
import type { ConfigMistake } from "./config/readSettings.ts"
import { describe } from "./device/describe.ts"
import type { DeviceDescriptor } from "./device/DeviceDescriptor.ts"
import { HouseholdRules } from "./HouseholdRules.ts"
import type { Person } from "./measure/Person.ts"
import { settleMoments } from "./moment/settleMoments.ts"
import { type BedChoices, hasDelays, noBedChoices, unknownBeds } from "./rule/BedChoices.ts"
import { settleBeds } from "./rule/delayedBeds.ts"
import { pastOfRules } from "./rule/pastOfRules.ts"
import type { Rule } from "./rule/Rule.ts"
import { settleRules } from "./rule/ruleStates.ts"
import { ChangeFeed } from "./store/ChangeFeed.ts"
import { HeldStates } from "./store/HeldStates.ts"
import { HouseholdId } from "./store/HouseholdId.ts"
import { knownNow } from "./store/knownNow.ts"
import { recentPast } from "./store/recentPast.ts"

/** Some conditions come true by time alone. Seconds. */
const lookAgain = 60
const day = 86_400

/**
 * Settles the states of rules and of beds with a delay, detects moments, and stores both: homes show only stored states,
 * so all of them switch at the same time. Every process does this; the first to see a change stores it for all.
 */
export const layer = Layer.scopedDiscard(
  Effect.gen(function* () {
    const { beds = noBedChoices } = yield* BridgeConfig
    const feed = yield* ChangeFeed
    const settle = yield* settling(beds)
    yield* Effect.gen(function* () {
      const revision = yield* SubscriptionRef.get(feed.revision)
      const wait = yield* settle
      const next = Stream.filter(feed.revision.changes, (reached) => reached > revision)
      yield* Effect.raceFirst(Stream.runHead(next), Effect.sleep(wait))
    }).pipe(
      Effect.catchAll((error) =>
        Effect.zipRight(Effect.logWarning(error.message), Effect.sleep("5 seconds")),
      ),
      Effect.forever,
      Effect.forkScoped,
    )
  }),
).pipe(Layer.provide(Layer.merge(HeldStates.layer, HouseholdRules.layer)))

/** Settles all states once, and returns when to look again. */
const settling = (choices: BedChoices) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const household = yield* HouseholdId
    const states = yield* HeldStates
    const read = yield* knownNow
    const warn = warnOnce()
    return Effect.gen(function* () {
      const { held, known, mistakes, rules } = yield* read
      const { now, persons } = known
      const { kinds, days } = pastOfRules(rules)
      const past = yield* recentPast({ sql, household }, kinds, now - days * day)
      const descriptors = describe(known)
      const strangers = [...strangersIn(rules, persons), ...strangeBeds(choices, persons, descriptors)]
      yield* Effect.forEach([...mistakes.map(mistakeText), ...strangers], warn)
      const settled = settleRules(held, { rules, persons, descriptors, past, now })
      const asMatsSay = hasDelays(choices) ? describe({ ...known, beds: { choices } }) : []
      const beds = settleBeds(held, asMatsSay, choices, now)
      yield* states.keep(held, new Map([...settled.states, ...beds.states]))
      const moments = settleMoments(held, descriptors, now)
      yield* states.happened(held, moments)
      yield* states.inUse([settled, beds, moments].flatMap((all) => [...all.states.keys()]))
      const due = Math.min(settled.due ?? Infinity, beds.due ?? Infinity)
      const wait = Math.min(lookAgain, Math.max(1, due - now))
      return Duration.seconds(wait)
    })
  })

const warnOnce = () => {
  const told = new Set<string>()
  return (sentence: string) =>
    Effect.suspend(() => {
      if (told.has(sentence)) return Effect.void
      told.add(sentence)
      return Effect.logWarning(sentence)
    })
}

const mistakeText = (mistake: ConfigMistake) =>
  `A rule cannot be used. ${new ConfigError({ mistakes: [mistake] }).message}`

/** Warnings about rules for unknown names; none as long as nobody has signed in. */
const strangersIn = (rules: ReadonlyArray<Rule>, persons: ReadonlyArray<Person>): ReadonlyArray<string> =>
  persons.length === 0
    ? []
    : rules.flatMap(({ person }) =>
        person === null || persons.some(({ name }) => name === person)
          ? []
          : [`A rule is for "${person}", but nobody of that name has signed in.`],
      )

const strangeBeds = (
  choices: BedChoices,
  persons: ReadonlyArray<Person>,
  descriptors: ReadonlyArray<DeviceDescriptor>,
): ReadonlyArray<string> =>
  persons.length === 0
    ? []
    : unknownBeds(choices, [...descriptors, ...persons.map(asBed)]).map(
        (bed) => `The settings of beds name "${bed}", but no person and no device has that name.`,
      )

/** A person who has no mat yet. */
const asBed = ({ name }: Person) => ({ deviceClass: "person" as const, name, personName: name })
