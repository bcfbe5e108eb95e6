import {
  historyFeeds,
  personHistory,
  type PersonId,
  type StoreError,
  type SyncProgress,
  SyncStatus,
} from "@withings-bridge/core"
import { Context, Effect, Layer } from "effect"

/** The parts of the sync that Gladys uses. */
export class Refresh extends Context.Tag("withings-gladys/Refresh")<
  Refresh,
  {
    /** Asks Withings at once for what is new of a person, or of everyone. */
    readonly now: (personId: PersonId | null) => Effect.Effect<void, StoreError>
    /**
     * True once every list of Withings was searched for the newest values of a person. From then on their devices have
     * all the features that they are likely to have.
     */
    readonly firstValuesKnown: (personId: PersonId) => Effect.Effect<boolean, StoreError>
    /** How much of the first histories is in the store, 0 to 1; null when all of it is. */
    readonly historyShare: Effect.Effect<number | null, StoreError>
    /** True when the whole first history of the person is in the store. */
    readonly historyComplete: (personId: PersonId) => Effect.Effect<boolean, StoreError>
  }
>() {
  static readonly layer = Layer.effect(
    Refresh,
    Effect.map(SyncStatus, ({ progress, requestAll }) => ({
      now: (personId) =>
        Effect.gen(function* () {
          const persons = personId === null ? personsIn(yield* progress) : [personId]
          yield* Effect.forEach(persons, requestAll, { discard: true })
        }),
      firstValuesKnown: (personId) =>
        Effect.map(progress, (all) =>
          historyFeeds.every((feed) =>
            all.some((each) => each.personId === personId && each.feed === feed && hasFirstValues(each)),
          ),
        ),
      historyShare: Effect.map(progress, shareOf),
      historyComplete: (personId) => Effect.map(progress, (all) => personHistory(all, personId).isComplete),
    })),
  )
}

const personsIn = (all: ReadonlyArray<SyncProgress>) => [...new Set(all.map(({ personId }) => personId))]

/** A few requests bring all that was weighed in years, and a height is measured once: no BMI without it. */
const hasFirstValues = ({ feed, finishedAt, total }: SyncProgress) =>
  finishedAt !== null || (feed !== "getmeas" && total !== null)

const shareOf = (all: ReadonlyArray<SyncProgress>): number | null => {
  if (personsIn(all).every((personId) => personHistory(all, personId).isComplete)) return null
  const done = all.reduce((sum, each) => sum + each.done, 0)
  const total = all.reduce((sum, each) => sum + estimated(each), 0)
  return total === 0 ? 0 : Math.min(0.99, done / total)
}

const estimated = ({ done, finishedAt, total }: SyncProgress) =>
  finishedAt === null ? Math.max(done, total ?? 0) : done
