import { Effect } from "effect"
import type { Measure } from "../../measure/Measure.ts"
import type { PersonId } from "../../measure/Person.ts"
import { MeasureStore } from "../../store/MeasureStore.ts"

/**
 * Keeps a person's goals as they were just read, all of them. A goal has no time of its own: read again and unchanged
 * it is the same goal, and one that is not listed any more was given up.
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
    // Each goal is one measure, so that its own moment is all there is to look through.
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
