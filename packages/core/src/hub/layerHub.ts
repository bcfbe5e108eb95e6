import { type Context, Effect, Layer, Ref, Stream } from "effect"
import type { Bridge } from "../Bridge.ts"
import { BridgeConfig, type HubAddress } from "../BridgeConfig.ts"
import { EcgCurves } from "../EcgCurves.ts"
import { HouseholdFeed } from "../HouseholdFeed.ts"
import { HouseholdRules, RuleError } from "../HouseholdRules.ts"
import { PersonRemoval } from "../PersonRemoval.ts"
import type { PersonId } from "../measure/Person.ts"
import { History } from "../store/History.ts"
import { LeftOut } from "../store/LeftOut.ts"
import { RulePreview } from "../store/RulePreview.ts"
import { WeighingError, Weighings } from "../store/Weighings.ts"
import { RelayedWebhooks, type RelayStanding } from "../sync/RelayedWebhooks.ts"
import { SyncStatus } from "../sync/SyncStatus.ts"
import { Troubles } from "../trouble/Troubles.ts"
import { HomeKey, KeyError } from "../withings/account/HomeKey.ts"
import { SignIn } from "../withings/account/SignIn.ts"
import { SignInError, signInReasons } from "../withings/account/SignInError.ts"
import { type AnyFeed, allFeeds } from "../withings/client/Feed.ts"
import { followHub } from "./followHub.ts"
import { hubCache } from "./HubCache.ts"
import { HubClient, unanswered } from "./HubClient.ts"
import { hubTroubles } from "./hubTroubles.ts"

/**
 * The services of core for a home that follows a hub: the hub reads Withings and keeps the history; this home caches the
 * last values and how far each consumer has followed.
 */
export const layerHub = (config: BridgeConfig, hub: HubAddress): Layer.Layer<Bridge> =>
  Layer.mergeAll(
    feed(config, hub),
    history,
    curves,
    signIn,
    syncStatus,
    leftOut,
    weighings,
    removal,
    notHere,
  ).pipe(
    Layer.provideMerge(Layer.effect(Troubles, hubTroubles)),
    Layer.provide(HubClient.layer(hub)),
    Layer.provide(BridgeConfig.layer(config)),
  )

const feed = ({ home }: BridgeConfig, hub: HubAddress) =>
  Layer.effect(HouseholdFeed, followHub(hub, hubCache(home, hub)))

/** A service of core, answered by the hub. */
const fromHub = <I, S>(service: Context.Tag<I, S>, of: (client: HubClient["Type"]) => S) =>
  Layer.effect(service, Effect.map(HubClient, of))

const answered = Effect.mapError(unanswered)

const history = fromHub(History, (client) => ({
  latest: (personId) => client.HistoryLatest({ personId }).pipe(answered),
  range: (stretch) => client.HistoryRange({ stretch }).pipe(answered),
  newest: ({ take, ...stretch }) => client.HistoryNewest({ stretch, take }).pipe(answered),
  count: (stretch) => client.HistoryCount({ stretch }).pipe(answered),
  reduced: ({ points, ...stretch }) => client.HistoryReduced({ stretch, points }).pipe(answered),
  by: (period, stretch) => client.HistoryBy({ period, stretch }).pipe(answered),
  all: (personId) => Stream.mapError(client.HistoryAll({ personId }), unanswered),
  counts: client.HistoryCounts().pipe(answered),
}))

const curves = fromHub(EcgCurves, (client) => ({
  at: (personId, at) => client.EcgCurve({ personId, at }).pipe(answered),
}))

/** Withings redirects the person to the hub, which finishes the sign-in. */
const signIn = fromHub(SignIn, (client) => ({
  start: ({ personName = null }) => Effect.mapError(client.SignInStart({ personName }), toSignInError),
  finish: (landedOn) => Effect.mapError(client.SignInFinish({ landedOn }), toSignInError),
  signOut: (personId) => client.SignOut({ personId }).pipe(answered),
}))

interface Unanswered {
  readonly message: string
  readonly reason?: string
  readonly detail?: string
}

const toSignInError = ({ detail, message, reason: given }: Unanswered) => {
  const reason = signInReasons.find((one) => one === given)
  return reason === undefined
    ? unanswered({ message })
    : new SignInError({ reason, message, ...(detail === undefined ? {} : { detail }) })
}

const syncStatus = fromHub(SyncStatus, (client) => {
  const request = (personId: PersonId, feed: AnyFeed) => client.SyncRequest({ personId, feed }).pipe(answered)
  return {
    progress: client.SyncProgress().pipe(answered),
    request,
    reread: (personId, feed, window) => client.SyncReread({ personId, feed, window }).pipe(answered),
    requestAll: (personId) => Effect.forEach(allFeeds, (feed) => request(personId, feed), { discard: true }),
    waiting: client.SyncWaiting().pipe(answered),
    leaders: client.SyncLeaders().pipe(answered),
  }
})

const leftOut = fromHub(LeftOut, (client) => ({
  ids: Effect.map(client.LeftOutIds(), (ids) => new Set(ids)).pipe(answered),
  leaveOut: (descriptorId) => client.LeaveOut({ descriptorId }).pipe(answered),
  add: (descriptorId) => client.LeaveOutNoMore({ descriptorId }).pipe(answered),
}))

const weighings = fromHub(Weighings, (client) => ({
  all: client.Weighings().pipe(answered),
  assign: (id, personId) =>
    Effect.mapError(client.AssignWeighing({ id, personId }), ({ message }) => new WeighingError({ message })),
}))

const removal = fromHub(PersonRemoval, (client) => ({
  remove: (personId, { history }) => client.RemovePerson({ personId, history }).pipe(answered),
  deleteHistory: (personId, { readAgain = false } = {}) =>
    client.DeleteHistory({ personId, readAgain }).pipe(answered),
  removed: client.RemovedPersons().pipe(answered),
  // The hub resumes removals.
  resume: Effect.void,
}))

const keyAtHub = new KeyError({
  message: "The sign-ins are kept by the hub; this home has no key to change.",
})
const noRules = new RuleError({
  message: "A home that follows a hub has no rules yet: the hub does not know them.",
  mistakes: [],
})

/** Services that a home of a hub does not have. */
const notHere = Layer.mergeAll(
  Layer.succeed(HomeKey, { rotate: keyAtHub, replaceLost: keyAtHub }),
  Layer.succeed(HouseholdRules, {
    current: Effect.succeed({ rules: [], mistakes: [] }),
    written: Effect.succeed([]),
    save: () => noRules,
    remove: () => noRules,
  }),
  Layer.succeed(RulePreview, {
    preview: () => Effect.succeed([]),
    previewEntry: () => Effect.succeed({ mistakes: [], persons: [] }),
  }),
  Layer.effect(
    RelayedWebhooks,
    Effect.map(Ref.make<RelayStanding>("unknown"), (standing) => ({ receive: () => Effect.void, standing })),
  ),
)
