import { Effect } from "effect"
import type { Measure } from "../../measure/Measure.ts"
import type { PersonId } from "../../measure/Person.ts"
import { MeasureStore } from "../../store/MeasureStore.ts"

/**
 * Keeps all goals of a person as just read. Goals come without a time: an unchanged one is the same goal, and one that is
 * no longer listed was given up.
 */
export const keepGoals = <E, R>(
  personId: PersonId,
  read: ReadonlyArray<Measure>,
  alongside: Effect.Effect<void, E, R>,
) =>
  Effect.gen(function* () {
    const measures = yield* MeasureStore
    const standing = (yield* measures.latest).filter(
      (one) => one.personId === personId && one.source === "goal",
    )
    const changed = read.filter(
      (goal) => !standing.some(({ kind, value }) => kind === goal.kind && value === goal.value),
    )
    const page = { personId, source: "goal", firstHistory: true } as const
    yield* measures.keep({ ...page, measures: changed }, () => alongside)
    const groups = new Set(read.map(({ group }) => group))
    // A goal is one measure, so a window of its own moment covers it.
    yield* Effect.forEach(
      standing.filter(({ group }) => !groups.has(group)),
      ({ at }) =>
        measures.keep(
          { ...page, measures: [], whole: { from: at, to: at, groups, expected: true } },
          () => alongside,
        ),
      { discard: true },
    )
  })
