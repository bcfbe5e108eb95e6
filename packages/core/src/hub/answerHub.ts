import { Effect, Stream } from "effect"
import type { Bridge } from "../Bridge.ts"
import { EcgCurves } from "../EcgCurves.ts"
import { HouseholdFeed } from "../HouseholdFeed.ts"
import { PersonRemoval } from "../PersonRemoval.ts"
import { History } from "../store/History.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { LeftOut } from "../store/LeftOut.ts"
import { Weighings } from "../store/Weighings.ts"
import { SyncStatus } from "../sync/SyncStatus.ts"
import { Troubles } from "../trouble/Troubles.ts"
import { SignIn, SignInError } from "../withings/account/SignIn.ts"
import { CallingHousehold, type FollowedChange, HubRefusal, HubRpcs } from "./HubRpcs.ts"

/** What of a household answers its home. */
type Answering = Bridge | HouseholdStore

/** Runs an effect with the core of a household. */
export interface Cores<E> {
  readonly of: (
    household: string,
  ) => <A, E1>(effect: Effect.Effect<A, E1, Answering>) => Effect.Effect<A, E | E1>
  readonly streamOf: (
    household: string,
  ) => <A, E1>(stream: Stream.Stream<A, E1, Answering>) => Stream.Stream<A, E | E1>
}

/** A connection without a sign of life for three times as long is dead. */
const signOfLife = "15 seconds"

/**
 * Answers homes with the core of the household whose key they have. Every question that names a person is answered only
 * for a person of that household: ids come from outside.
 */
export const layerAnswers = <E extends { readonly message: string }>(cores: Cores<E>) => {
  const ask = <A, E1 extends { readonly message: string }>(effect: Effect.Effect<A, E1, Answering>) =>
    Effect.flatMap(CallingHousehold, (household) => cores.of(household)(effect)).pipe(
      Effect.mapError(toRefusal),
    )
  const about = <A, E1 extends { readonly message: string }>(
    personId: string,
    effect: Effect.Effect<A, E1, Answering>,
  ) => ask(Effect.zipRight(isOwn(personId), effect))
  const listen = <A, E1 extends { readonly message: string }>(stream: Stream.Stream<A, E1, Answering>) =>
    Stream.unwrap(Effect.map(CallingHousehold, (household) => cores.streamOf(household)(stream))).pipe(
      Stream.mapError(toRefusal),
    )
  return HubRpcs.toLayer({
    Changes: ({ after }) =>
      Stream.merge(
        listen(Stream.unwrap(Effect.map(HouseholdFeed, (feed) => feed.changes(after)))),
        Stream.tick(signOfLife).pipe(Stream.map((): FollowedChange => null)),
      ),
    HistoryLatest: ({ personId }) =>
      about(
        personId,
        Effect.flatMap(History, (history) => history.latest(personId)),
      ),
    HistoryRange: ({ stretch }) =>
      about(
        stretch.personId,
        Effect.flatMap(History, (history) => history.range(stretch)),
      ),
    HistoryNewest: ({ stretch, take }) =>
      about(
        stretch.personId,
        Effect.flatMap(History, (history) => history.newest({ ...stretch, take })),
      ),
    HistoryCount: ({ stretch }) =>
      about(
        stretch.personId,
        Effect.flatMap(History, (history) => history.count(stretch)),
      ),
    HistoryReduced: ({ points, stretch }) =>
      about(
        stretch.personId,
        Effect.flatMap(History, (history) => history.reduced({ ...stretch, points })),
      ),
    HistoryBy: ({ period, stretch }) =>
      about(
        stretch.personId,
        Effect.flatMap(History, (history) => history.by(period, stretch)),
      ),
    HistoryAll: ({ personId }) =>
      listen(
        Stream.unwrap(
          Effect.zipRight(
            personId === null ? Effect.void : isOwn(personId),
            Effect.map(History, (history) => history.all(personId)),
          ),
        ),
      ),
    HistoryCounts: () => ask(Effect.flatMap(History, (history) => history.counts)),
    EcgCurve: ({ at, personId }) =>
      about(
        personId,
        Effect.flatMap(EcgCurves, (curves) => curves.at(personId, at)),
      ),
    SignInStart: ({ personName }) =>
      ask(Effect.flatMap(SignIn, (signIn) => signIn.start(personName === null ? {} : { personName }))),
    SignInFinish: ({ landedOn }) => ask(Effect.flatMap(SignIn, (signIn) => signIn.finish(landedOn))),
    SignOut: ({ personId }) =>
      about(
        personId,
        Effect.flatMap(SignIn, (signIn) => signIn.signOut(personId)),
      ),
    SyncProgress: () => ask(Effect.flatMap(SyncStatus, (status) => status.progress)),
    SyncRequest: ({ feed, personId }) =>
      about(
        personId,
        Effect.flatMap(SyncStatus, (status) => status.request(personId, feed)),
      ),
    SyncReread: ({ feed, personId, window }) =>
      about(
        personId,
        Effect.flatMap(SyncStatus, (status) => status.reread(personId, feed, window)),
      ),
    SyncWaiting: () => ask(Effect.flatMap(SyncStatus, (status) => status.waiting)),
    SyncLeaders: () => ask(leaders),
    LeftOutIds: () =>
      ask(
        Effect.map(
          Effect.flatMap(LeftOut, (leftOut) => leftOut.ids),
          (ids) => [...ids],
        ),
      ),
    LeaveOut: ({ descriptorId }) => ask(Effect.flatMap(LeftOut, (leftOut) => leftOut.leaveOut(descriptorId))),
    LeaveOutNoMore: ({ descriptorId }) =>
      ask(Effect.flatMap(LeftOut, (leftOut) => leftOut.add(descriptorId))),
    Weighings: () => ask(Effect.flatMap(Weighings, (weighings) => weighings.all)),
    AssignWeighing: ({ id, personId }) =>
      ask(Effect.flatMap(Weighings, (weighings) => weighings.assign(id, personId))),
    RemovePerson: ({ history, personId }) =>
      ask(
        Effect.zipRight(
          isOwnOrRemoved(personId),
          Effect.flatMap(PersonRemoval, (removal) => removal.remove(personId, { history })),
        ),
      ),
    DeleteHistory: ({ personId, readAgain }) =>
      about(
        personId,
        Effect.flatMap(PersonRemoval, (removal) => removal.deleteHistory(personId, { readAgain })),
      ),
    RemovedPersons: () => ask(Effect.flatMap(PersonRemoval, (removal) => removal.removed)),
    Troubles: () => ask(Effect.flatMap(Troubles, (troubles) => troubles.current)),
  })
}

const notYours = new HubRefusal({
  reason: "not-yours",
  message: "The household of this key has no such person.",
})

const isOwn = (personId: string) =>
  Effect.filterOrFail(
    Effect.flatMap(HouseholdStore, (household) => household.person(personId)),
    (person) => person !== null,
    () => notYours,
  )

const isOwnOrRemoved = (personId: string) =>
  Effect.flatMap(PersonRemoval, (removal) => removal.removed).pipe(
    Effect.flatMap((removed) =>
      removed.some(({ id }) => id === personId) ? Effect.void : Effect.asVoid(isOwn(personId)),
    ),
  )

/** The hub leads everyone, wherever its runners are. */
const leaders = Effect.map(
  Effect.flatMap(HouseholdStore, (household) => household.persons),
  (persons) => ({ sync: persons.map(({ id }) => ({ personId: id, pid: null })), webhooks: { pid: null } }),
)

const toRefusal = (error: { readonly message: string }): HubRefusal => {
  if (error instanceof HubRefusal) return error
  if (isSignInError(error))
    return new HubRefusal({
      reason: error.reason,
      message: error.message,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
    })
  return new HubRefusal({ reason: "failed", message: error.message })
}

const isSignInError = (error: { readonly message: string }): error is SignInError =>
  error instanceof SignInError
