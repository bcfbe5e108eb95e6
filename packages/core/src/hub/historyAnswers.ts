import { Effect, Stream } from "effect"
import { EcgCurves } from "../EcgCurves.ts"
import type { PersonId } from "../measure/Person.ts"
import type { Period } from "../store/aggregate.ts"
import type { Stretch } from "../store/featurePast.ts"
import { History } from "../store/History.ts"
import type { StoreError } from "../store/StoreError.ts"
import { type Asking, isOwn } from "./Asking.ts"

interface OfPerson {
  readonly personId: PersonId
}

interface OfStretch {
  readonly stretch: Stretch
}

/** What homes ask of the past. */
export const historyAnswers = ({ about, ask, listen }: Asking) => {
  const ofHistory = <A>(
    personId: PersonId,
    question: (history: History["Type"]) => Effect.Effect<A, StoreError>,
  ) => about(personId, Effect.flatMap(History, question))
  return {
    HistoryLatest: ({ personId }: OfPerson) => ofHistory(personId, (history) => history.latest(personId)),
    HistoryRange: ({ stretch }: OfStretch) =>
      ofHistory(stretch.personId, (history) => history.range(stretch)),
    HistoryNewest: ({ stretch, take }: OfStretch & { readonly take: number }) =>
      ofHistory(stretch.personId, (history) => history.newest({ ...stretch, take })),
    HistoryCount: ({ stretch }: OfStretch) =>
      ofHistory(stretch.personId, (history) => history.count(stretch)),
    HistoryReduced: ({ points, stretch }: OfStretch & { readonly points: number }) =>
      ofHistory(stretch.personId, (history) => history.reduced({ ...stretch, points })),
    HistoryBy: ({ period, stretch }: OfStretch & { readonly period: Period }) =>
      ofHistory(stretch.personId, (history) => history.by(period, stretch)),
    HistoryAll: ({ personId }: { readonly personId: PersonId | null }) =>
      listen(
        Stream.unwrap(
          Effect.zipRight(
            personId === null ? Effect.void : isOwn(personId),
            Effect.map(History, (history) => history.all(personId)),
          ),
        ),
      ),
    HistoryCounts: () => ask(Effect.flatMap(History, (history) => history.counts)),
    EcgCurve: ({ at, personId }: OfPerson & { readonly at: number }) =>
      about(
        personId,
        Effect.flatMap(EcgCurves, (curves) => curves.at(personId, at)),
      ),
  }
}
