import { Context, Effect, Layer, Stream } from "effect"
import { epochSeconds } from "../../epochSeconds.ts"
import type { Device } from "../../measure/Device.ts"
import type { Measure } from "../../measure/Measure.ts"
import type { PersonId } from "../../measure/Person.ts"
import { AccessToken } from "../account/AccessToken.ts"
import type { EcgSignal, Feed, HeartSound, MeasurePage, RecentFeed, Span, Window } from "./Feed.ts"
import { calling } from "./calling.ts"
import { feedRequests } from "./feedRequests.ts"
import { type Pages, paging } from "./paging.ts"
import { recentRequests, windowsOf } from "./recentRequests.ts"
import { toDevices } from "../decode/toDevice.ts"
import { toGoals } from "../decode/toGoals.ts"
import { readPage } from "../wire/envelope.ts"
import { readProfiles } from "../wire/notify.ts"
import { readSignal } from "../wire/signal.ts"
import { readSound } from "../wire/sound.ts"
import type { WithingsError } from "./WithingsError.ts"
import { WithingsHttp } from "./WithingsHttp.ts"

export {
  feeds,
  isRecent,
  recentFeeds,
  sourceOfRecent,
  type AnyFeed,
  type EcgSignal,
  type Feed,
  type MeasurePage,
  type RecentFeed,
  type Span,
  type Window,
} from "./Feed.ts"

export interface Subscription {
  readonly appli: number
  readonly callbackUrl: string
}

/**
 * The Withings Public API for persons who are signed in: pages become streams, wire names become the model,
 * tokens are fetched, refreshed and retried beneath.
 */
export class WithingsApi extends Context.Tag("@withings-bridge/core/withings/WithingsApi")<
  WithingsApi,
  {
    readonly pages: (personId: PersonId, feed: Feed, span: Span) => Stream.Stream<MeasurePage, WithingsError>
    /** What was taken between two times, epoch seconds, in requests as long as Withings allows, the newest first. */
    readonly recent: (
      personId: PersonId,
      feed: RecentFeed,
      window: Window,
    ) => Stream.Stream<MeasurePage, WithingsError>
    /** The curve of an electrocardiogram; its signal id is the group of its measures. */
    readonly ecgSignal: (personId: PersonId, signalId: string) => Effect.Effect<EcgSignal, WithingsError>
    /** What the stethoscope heard; its signal id is the group of its measure of the source "sound". */
    readonly heartSound: (personId: PersonId, signalId: string) => Effect.Effect<HeartSound, WithingsError>
    readonly devices: (personId: PersonId) => Effect.Effect<ReadonlyArray<Device>, WithingsError>
    readonly goals: (personId: PersonId) => Effect.Effect<ReadonlyArray<Measure>, WithingsError>
    readonly subscriptions: (personId: PersonId) => Effect.Effect<ReadonlyArray<Subscription>, WithingsError>
    readonly subscribe: (personId: PersonId, subscription: Subscription) => Effect.Effect<void, WithingsError>
    readonly unsubscribe: (
      personId: PersonId,
      subscription: Subscription,
    ) => Effect.Effect<void, WithingsError>
  }
>() {
  static readonly layer: Layer.Layer<WithingsApi, never, WithingsHttp | AccessToken> = Layer.effect(
    WithingsApi,
    Effect.map(Effect.all([WithingsHttp, AccessToken]), ([http, accessToken]) => {
      const call = calling(http, accessToken)
      const pages = paging(call)
      return WithingsApi.of({
        pages: feedPages(pages),
        recent: recentPages(pages),
        ecgSignal: (personId, signalId) =>
          call(personId, { path: "/v2/heart", action: "get", params: { signalid: signalId } }, readSignal),
        heartSound: (personId, signalId) =>
          call(personId, { path: "/v2/stetho", action: "get", params: { signalid: signalId } }, readSound),
        devices: (personId) =>
          Effect.flatMap(epochSeconds, (now) =>
            call(personId, { path: "/v2/user", action: "getdevice", params: {} }, (body) =>
              Array.isArray(body["devices"]) ? toDevices(personId, body, now) : null,
            ),
          ),
        goals: (personId) =>
          Effect.flatMap(epochSeconds, (now) =>
            call(personId, { path: "/v2/user", action: "getgoals", params: {} }, (body) =>
              "goals" in body ? toGoals(personId, body, now) : null,
            ),
          ),
        subscriptions: (personId) =>
          call(personId, { path: "/notify", action: "list", params: {} }, readProfiles),
        subscribe: (personId, wanted) =>
          call(personId, subscription("subscribe", wanted), () => true).pipe(Effect.asVoid),
        unsubscribe: (personId, unwanted) =>
          call(personId, subscription("revoke", unwanted), () => true).pipe(Effect.asVoid),
      })
    }),
  )
}

const feedPages =
  (pages: Pages): WithingsApi["Type"]["pages"] =>
  (personId, feed, span) => {
    const { decode, list, request } = feedRequests[feed]
    return pages(personId, {
      request: request(span),
      read: (body) => readPage(body, list),
      decode: (records, now) => decode(personId, records, now),
    })
  }

const recentPages =
  (pages: Pages): WithingsApi["Type"]["recent"] =>
  (personId, feed, window) => {
    const { action, decode, params, path, read } = recentRequests[feed]
    return Stream.flatMap(Stream.fromIterable(windowsOf(feed, window)), ({ from, to }) =>
      pages(personId, {
        request: { path, action, params: { ...params, startdate: from, enddate: to } },
        read,
        decode: (records, now) => decode(personId, records, now),
      }),
    )
  }

const subscription = (action: "subscribe" | "revoke", { appli, callbackUrl }: Subscription) => ({
  path: "/notify",
  action,
  params: { callbackurl: callbackUrl, appli },
})
