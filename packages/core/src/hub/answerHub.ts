import { Effect, Stream } from "effect"
import { EcgCurves } from "../EcgCurves.ts"
import { HouseholdFeed } from "../HouseholdFeed.ts"
import type { PersonId } from "../measure/Person.ts"
import { PersonRemoval } from "../PersonRemoval.ts"
import { History } from "../store/History.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { LeftOut } from "../store/LeftOut.ts"
import { Weighings } from "../store/Weighings.ts"
import { SyncStatus } from "../sync/SyncStatus.ts"
import { Troubles } from "../trouble/Troubles.ts"
import { SignIn } from "../withings/account/SignIn.ts"
import { askingOf, type Cores, isOwn, type Readable } from "./Asking.ts"
import { HubRpcs } from "./HubRpcs.ts"

/** A connection that is silent for three times as long is dead. */
const signOfLife = Stream.as(Stream.tick("15 seconds"), null)

/** Answers homes with the core of the household whose key they send. */
export const layerAnswers = <E extends Readable>(cores: Cores<E>) => {
  const { about, ask, listen } = askingOf(cores)
  return HubRpcs.toLayer({
    Changes: ({ after }) =>
      Stream.merge(
        listen(HouseholdFeed, (feed) => feed.changes(after)),
        signOfLife,
      ),
    Troubles: () => ask(Troubles, ({ current }) => current),
    HistoryLatest: ({ personId }) => about(personId, History, (history) => history.latest(personId)),
    HistoryRange: ({ stretch }) => about(stretch.personId, History, (history) => history.range(stretch)),
    HistoryNewest: ({ stretch, take }) =>
      about(stretch.personId, History, (history) => history.newest({ ...stretch, take })),
    HistoryCount: ({ stretch }) => about(stretch.personId, History, (history) => history.count(stretch)),
    HistoryReduced: ({ points, stretch }) =>
      about(stretch.personId, History, (history) => history.reduced({ ...stretch, points })),
    HistoryBy: ({ period, stretch }) =>
      about(stretch.personId, History, (history) => history.by(period, stretch)),
    HistoryAll: ({ personId }) =>
      listen(History, (history) =>
        Stream.flatMap(personId === null ? Stream.void : Stream.fromEffect(isOwn(personId)), () =>
          history.all(personId),
        ),
      ),
    HistoryCounts: () => ask(History, ({ counts }) => counts),
    EcgCurve: ({ at, personId }) => about(personId, EcgCurves, (curves) => curves.at(personId, at)),
    SignInStart: ({ personName }) =>
      ask(SignIn, (signIn) => signIn.start(personName === null ? {} : { personName })),
    SignInFinish: ({ landedOn }) => ask(SignIn, (signIn) => signIn.finish(landedOn)),
    SignOut: ({ personId }) => about(personId, SignIn, (signIn) => signIn.signOut(personId)),
    RemovePerson: ({ history, personId }) =>
      ask(PersonRemoval, (removal) =>
        Effect.zipRight(isOwnOrRemoved(personId), removal.remove(personId, { history })),
      ),
    DeleteHistory: ({ personId, readAgain }) =>
      about(personId, PersonRemoval, (removal) => removal.deleteHistory(personId, { readAgain })),
    RemovedPersons: () => ask(PersonRemoval, ({ removed }) => removed),
    SyncProgress: () => ask(SyncStatus, ({ progress }) => progress),
    SyncRequest: ({ feed, personId }) =>
      about(personId, SyncStatus, (status) => status.request(personId, feed)),
    SyncReread: ({ feed, personId, window }) =>
      about(personId, SyncStatus, (status) => status.reread(personId, feed, window)),
    SyncWaiting: () => ask(SyncStatus, ({ waiting }) => waiting),
    SyncLeaders: () => ask(HouseholdStore, ({ persons }) => Effect.map(persons, ledByHub)),
    LeftOutIds: () => ask(LeftOut, ({ ids }) => Effect.map(ids, (all) => [...all])),
    LeaveOut: ({ descriptorId }) => ask(LeftOut, ({ leaveOut }) => leaveOut(descriptorId)),
    LeaveOutNoMore: ({ descriptorId }) => ask(LeftOut, ({ add }) => add(descriptorId)),
    Weighings: () => ask(Weighings, ({ all }) => all),
    AssignWeighing: ({ id, personId }) => ask(Weighings, ({ assign }) => assign(id, personId)),
  })
}

/** The hub leads everyone, wherever its runners are. */
const ledByHub = (persons: ReadonlyArray<{ readonly id: PersonId }>) => ({
  sync: persons.map(({ id }) => ({ personId: id, pid: null })),
  webhooks: { pid: null },
})

const isOwnOrRemoved = (personId: PersonId) =>
  Effect.flatMap(PersonRemoval, ({ removed }) => removed).pipe(
    Effect.flatMap((removed) =>
      removed.some(({ id }) => id === personId) ? Effect.void : Effect.asVoid(isOwn(personId)),
    ),
  )
