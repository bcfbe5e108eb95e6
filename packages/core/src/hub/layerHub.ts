import { Effect, Layer, Ref, Stream } from "effect"
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
import { type AnyFeed, feeds, recentFeeds } from "../withings/client/Feed.ts"
import { followHub } from "./followHub.ts"
import { hubCache } from "./HubCache.ts"
import { HubClient, unanswered } from "./HubClient.ts"
import { hubTroubles } from "./hubTroubles.ts"

/**
 * The services of core for a home that follows a hub: the hub reads Withings and keeps the history, this home keeps the
 * last values and how far it has told them.
 */
export const layerHub = (config: BridgeConfig, hub: HubAddress): Layer.Layer<Bridge> =>
  Layer.mergeAll(feed(config, hub), history, curves, signIn, syncStatus, choices, removal, notHere).pipe(
    Layer.provideMerge(Layer.effect(Troubles, hubTroubles)),
    Layer.provide(HubClient.layer(hub)),
    Layer.provide(BridgeConfig.layer(config)),
  )

const feed = ({ home }: BridgeConfig, hub: HubAddress) =>
  Layer.effect(HouseholdFeed, followHub(hub, hubCache(home, hub)))

const history = Layer.effect(
  History,
  Effect.map(HubClient, (client) =>
    History.of({
      latest: (personId) => Effect.mapError(client.HistoryLatest({ personId }), unanswered),
      range: (stretch) => Effect.mapError(client.HistoryRange({ stretch }), unanswered),
      newest: ({ take, ...stretch }) => Effect.mapError(client.HistoryNewest({ stretch, take }), unanswered),
      count: (stretch) => Effect.mapError(client.HistoryCount({ stretch }), unanswered),
      reduced: ({ points, ...stretch }) =>
        Effect.mapError(client.HistoryReduced({ stretch, points }), unanswered),
      by: (period, stretch) => Effect.mapError(client.HistoryBy({ period, stretch }), unanswered),
      all: (personId) => Stream.mapError(client.HistoryAll({ personId }), unanswered),
      counts: Effect.mapError(client.HistoryCounts(), unanswered),
    }),
  ),
)

const curves = Layer.effect(
  EcgCurves,
  Effect.map(HubClient, (client) =>
    EcgCurves.of({ at: (personId, at) => Effect.mapError(client.EcgCurve({ personId, at }), unanswered) }),
  ),
)

/** The person lands at the hub, which finishes the sign-in. */
const signIn = Layer.effect(
  SignIn,
  Effect.map(HubClient, (client) =>
    SignIn.of({
      start: ({ personName }) =>
        Effect.mapError(client.SignInStart({ personName: personName ?? null }), toSignInError),
      finish: (landedOn) => Effect.mapError(client.SignInFinish({ landedOn }), toSignInError),
      signOut: (personId) => Effect.mapError(client.SignOut({ personId }), unanswered),
    }),
  ),
)

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

const syncStatus = Layer.effect(
  SyncStatus,
  Effect.map(HubClient, (client) => {
    const request = (personId: PersonId, feed: AnyFeed) =>
      Effect.mapError(client.SyncRequest({ personId, feed }), unanswered)
    return SyncStatus.of({
      progress: Effect.mapError(client.SyncProgress(), unanswered),
      request,
      reread: (personId, feed, window) =>
        Effect.mapError(client.SyncReread({ personId, feed, window }), unanswered),
      requestAll: (personId) =>
        Effect.forEach([...feeds, ...recentFeeds], (feed) => request(personId, feed), { discard: true }),
      waiting: Effect.mapError(client.SyncWaiting(), unanswered),
      leaders: Effect.mapError(client.SyncLeaders(), unanswered),
    })
  }),
)

const leftOut = Layer.effect(
  LeftOut,
  Effect.map(HubClient, (client) =>
    LeftOut.of({
      ids: Effect.map(client.LeftOutIds(), (ids) => new Set(ids)).pipe(Effect.mapError(unanswered)),
      leaveOut: (descriptorId) => Effect.mapError(client.LeaveOut({ descriptorId }), unanswered),
      add: (descriptorId) => Effect.mapError(client.LeaveOutNoMore({ descriptorId }), unanswered),
    }),
  ),
)

const weighings = Layer.effect(
  Weighings,
  Effect.map(HubClient, (client) =>
    Weighings.of({
      all: Effect.mapError(client.Weighings(), unanswered),
      assign: (id, personId) =>
        Effect.mapError(
          client.AssignWeighing({ id, personId }),
          ({ message }) => new WeighingError({ message }),
        ),
    }),
  ),
)

const choices = Layer.merge(leftOut, weighings)

const removal = Layer.effect(
  PersonRemoval,
  Effect.map(HubClient, (client) =>
    PersonRemoval.of({
      remove: (personId, { history }) =>
        Effect.mapError(client.RemovePerson({ personId, history }), unanswered),
      deleteHistory: (personId, options) =>
        Effect.mapError(
          client.DeleteHistory({ personId, readAgain: options?.readAgain ?? false }),
          unanswered,
        ),
      removed: Effect.mapError(client.RemovedPersons(), unanswered),
      // The hub goes on by itself.
      resume: Effect.void,
    }),
  ),
)

const keyAtHub = new KeyError({
  message: "The sign-ins are kept by the hub; this home has no key to change.",
})
const noRules = new RuleError({
  message: "A home that follows a hub has no rules yet: the hub does not know them.",
  mistakes: [],
})

/** What has its place at the hub, or nowhere yet. */
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
