import {
  Bridge,
  type BridgeConfig,
  type DeviceDescriptor,
  type Feature,
  History,
  historyFeeds,
  HouseholdFeed,
  type SyncProgress,
  SyncStatus,
  type PersonId,
} from "@withings-bridge/core"
import { type Context, Effect, Layer } from "effect"
import { CoreFailed, type CoreLayer, type Credentials, sameCredentials } from "./BridgeHost.ts"
import { FeatureHistory } from "./FeatureHistory.ts"
import { Refresh } from "./Refresh.ts"

/** The core as this app needs it. */
export const withingsCore =
  (config: BridgeConfig): CoreLayer =>
  (credentials) =>
    withViews(Bridge.layer({ ...config, ...credentials }))

/**
 * The core that already runs in this process, as long as Gladys has set no credentials of its own: a core with others
 * runs beside it.
 */
export const coreBeside =
  (config: BridgeConfig, shared: Context.Context<Bridge>): CoreLayer =>
  (credentials) =>
    sameCredentials(credentials, credentialsOf(config))
      ? withViews(Layer.succeedContext(shared))
      : withingsCore(config)(credentials)

const withViews = (core: Layer.Layer<Bridge, { readonly message: string }>) =>
  Layer.merge(featureHistory, refresh).pipe(
    Layer.provideMerge(core),
    Layer.catchAll((error) => Layer.fail(new CoreFailed({ message: error.message }))),
  )

export const credentialsOf = ({
  clientId,
  clientSecret,
  callbackUrl,
  profiles,
  hub,
}: BridgeConfig): Credentials => ({
  clientId,
  clientSecret,
  callbackUrl,
  profiles,
  ...(hub === undefined ? {} : { hub }),
})

const withHistory = new Set<Feature["nature"]>(["value", "counter", "verdict"])

const featureHistory = Layer.effect(
  FeatureHistory,
  Effect.gen(function* () {
    const history = yield* History
    const feed = yield* HouseholdFeed
    const stretchOf = (
      descriptor: DeviceDescriptor,
      feature: Feature,
      { after, before }: { readonly after: number; readonly before: number },
    ) =>
      Effect.gen(function* () {
        const { personId, deviceId } = descriptor
        if (personId === null || !withHistory.has(feature.nature)) return null
        const { descriptors, leftOut } = yield* feed.current
        const own = deviceId !== null && sharesFeature([...descriptors, ...leftOut], descriptor, feature)
        return {
          personId,
          feature: feature.key,
          from: Math.ceil(after),
          to: Math.ceil(before) - 1,
          ...(own ? { deviceId } : {}),
        }
      })
    return {
      points: (descriptor, feature, window) =>
        Effect.flatMap(stretchOf(descriptor, feature, window), (stretch) =>
          stretch === null ? Effect.succeed([]) : history.newest({ ...stretch, take: window.take }),
        ),
      count: (descriptor, feature, window) =>
        Effect.flatMap(stretchOf(descriptor, feature, window), (stretch) =>
          stretch === null ? Effect.succeed(0) : history.count(stretch),
        ),
    }
  }),
)

/**
 * Whether another device of the same person tells the same. Only then the device decides: Withings leaves it out of
 * some records, which would be lost.
 */
const sharesFeature = (
  all: ReadonlyArray<DeviceDescriptor>,
  { id, personId }: DeviceDescriptor,
  { key }: Feature,
): boolean =>
  all.some(
    (other) =>
      other.id !== id && other.personId === personId && other.features.some((each) => each.key === key),
  )

const isFinished = ({ finishedAt }: SyncProgress) => finishedAt !== null

/** A feed that was not begun yet has no progress: it counts as one of which nothing holds. */
const ofEachFeed = (
  progress: ReadonlyArray<SyncProgress>,
  personId: PersonId,
  holds: (progress: SyncProgress) => boolean,
): boolean =>
  historyFeeds.every((feed) =>
    progress.some((each) => each.personId === personId && each.feed === feed && holds(each)),
  )

const estimated = ({ done, finishedAt, total }: SyncProgress) =>
  finishedAt === null ? Math.max(done, total ?? 0) : done

const sumOf = <A>(all: ReadonlyArray<A>, value: (each: A) => number) =>
  all.reduce((sum, each) => sum + value(each), 0)

const refresh = Layer.effect(
  Refresh,
  Effect.gen(function* () {
    const sync = yield* SyncStatus
    return {
      now: (personId) =>
        Effect.gen(function* () {
          const progress = yield* sync.progress
          const persons = personId === null ? new Set(progress.map((each) => each.personId)) : [personId]
          yield* Effect.forEach(persons, sync.requestAll, { discard: true })
        }),
      firstValuesKnown: (personId) =>
        Effect.map(sync.progress, (progress) =>
          ofEachFeed(
            progress,
            personId,
            // A few requests bring all that was weighed in years, and a height is measured once: no BMI without it.
            ({ feed, finishedAt, total }) => finishedAt !== null || (feed !== "getmeas" && total !== null),
          ),
        ),
      historyShare: Effect.map(sync.progress, (progress) => {
        const persons = [...new Set(progress.map(({ personId }) => personId))]
        if (persons.every((personId) => ofEachFeed(progress, personId, isFinished))) return null
        const [done, total] = [sumOf(progress, ({ done }) => done), sumOf(progress, estimated)]
        return total === 0 ? 0 : Math.min(0.99, done / total)
      }),
      historyComplete: (personId) =>
        Effect.map(sync.progress, (progress) => ofEachFeed(progress, personId, isFinished)),
    }
  }),
)
