import { Effect, Stream } from "effect"
import { HouseholdFeed } from "../HouseholdFeed.ts"
import type { DescriptorId } from "../device/DeviceDescriptor.ts"
import type { Revision } from "../device/Household.ts"
import type { PersonId } from "../measure/Person.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { LeftOut } from "../store/LeftOut.ts"
import { Weighings } from "../store/Weighings.ts"
import { SyncStatus } from "../sync/SyncStatus.ts"
import { Troubles } from "../trouble/Troubles.ts"
import type { AnyFeed, Feed } from "../withings/client/Feed.ts"
import { accountAnswers } from "./accountAnswers.ts"
import { type Asking, askingOf, type Cores } from "./Asking.ts"
import { historyAnswers } from "./historyAnswers.ts"
import { type FollowedChange, HubRpcs } from "./HubRpcs.ts"

/** A connection without a sign of life for three times as long is dead. */
const signOfLife = "15 seconds"

/** Answers homes with the core of the household whose key they have. */
export const layerAnswers = <E extends { readonly message: string }>(cores: Cores<E>) => {
  const asking = askingOf(cores)
  return HubRpcs.toLayer({
    ...feedAnswers(asking),
    ...historyAnswers(asking),
    ...accountAnswers(asking),
    ...syncAnswers(asking),
    ...choiceAnswers(asking),
  })
}

const feedAnswers = ({ ask, listen }: Asking) => ({
  Changes: ({ after }: { readonly after: Revision | null }) =>
    Stream.merge(
      listen(Stream.unwrap(Effect.map(HouseholdFeed, (feed) => feed.changes(after)))),
      Stream.tick(signOfLife).pipe(Stream.map((): FollowedChange => null)),
    ),
  Troubles: () => ask(Effect.flatMap(Troubles, (troubles) => troubles.current)),
})

interface OfPerson {
  readonly personId: PersonId
}

const syncAnswers = ({ about, ask }: Asking) => ({
  SyncProgress: () => ask(Effect.flatMap(SyncStatus, (status) => status.progress)),
  SyncRequest: ({ feed, personId }: OfPerson & { readonly feed: AnyFeed }) =>
    about(
      personId,
      Effect.flatMap(SyncStatus, (status) => status.request(personId, feed)),
    ),
  SyncReread: ({
    feed,
    personId,
    window,
  }: OfPerson & { readonly feed: Feed; readonly window: { readonly from: number; readonly to: number } }) =>
    about(
      personId,
      Effect.flatMap(SyncStatus, (status) => status.reread(personId, feed, window)),
    ),
  SyncWaiting: () => ask(Effect.flatMap(SyncStatus, (status) => status.waiting)),
  SyncLeaders: () => ask(leaders),
})

/** The hub leads everyone, wherever its runners are. */
const leaders = Effect.map(
  Effect.flatMap(HouseholdStore, (household) => household.persons),
  (persons) => ({ sync: persons.map(({ id }) => ({ personId: id, pid: null })), webhooks: { pid: null } }),
)

const choiceAnswers = ({ ask }: Asking) => ({
  LeftOutIds: () =>
    ask(
      Effect.map(
        Effect.flatMap(LeftOut, (leftOut) => leftOut.ids),
        (ids) => [...ids],
      ),
    ),
  LeaveOut: ({ descriptorId }: { readonly descriptorId: DescriptorId }) =>
    ask(Effect.flatMap(LeftOut, (leftOut) => leftOut.leaveOut(descriptorId))),
  LeaveOutNoMore: ({ descriptorId }: { readonly descriptorId: DescriptorId }) =>
    ask(Effect.flatMap(LeftOut, (leftOut) => leftOut.add(descriptorId))),
  Weighings: () => ask(Effect.flatMap(Weighings, (weighings) => weighings.all)),
  AssignWeighing: ({ id, personId }: { readonly id: string; readonly personId: PersonId | null }) =>
    ask(Effect.flatMap(Weighings, (weighings) => weighings.assign(id, personId))),
})
