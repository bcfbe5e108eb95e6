import { Context, Effect, Layer, Stream } from "effect"
import { epochSeconds } from "../../epochSeconds.ts"
import type { Device } from "../../measure/Device.ts"
import type { Measure } from "../../measure/Measure.ts"
import type { PersonId } from "../../measure/Person.ts"
import { AccessToken } from "../account/AccessToken.ts"
import type {
  EcgSignal,
  Feed,
  HeartSound,
  MeasurePage,
  RecentFeed,
  Span,
  Subscription,
  Window,
} from "./Feed.ts"
import { calling } from "./calling.ts"
import { windowsOf } from "./listRequests.ts"
import { paging } from "./paging.ts"
import { toDevices } from "../decode/toDevice.ts"
import { toGoals } from "../decode/toGoals.ts"
import { readSubscriptions } from "../wire/notify.ts"
import { readSignal } from "../wire/signal.ts"
import { readSound } from "../wire/sound.ts"
import type { WithingsError } from "./WithingsError.ts"
import { WithingsHttp } from "./WithingsHttp.ts"

/**
 * The Withings Public API for signed-in persons, in words of the model. Access tokens are fetched and refreshed on the
 * way.
 */
export class WithingsApi extends Context.Tag("@withings-bridge/core/withings/WithingsApi")<
  WithingsApi,
  {
    readonly pages: (personId: PersonId, feed: Feed, span: Span) => Stream.Stream<MeasurePage, WithingsError>
    /** What was taken within the window, the newest first, in requests as long as Withings allows. */
    readonly recent: (
      personId: PersonId,
      feed: RecentFeed,
      window: Window,
    ) => Stream.Stream<MeasurePage, WithingsError>
    /** The curve of an electrocardiogram; its signal id is the group of its measures. */
    readonly ecgSignal: (personId: PersonId, signalId: string) => Effect.Effect<EcgSignal, WithingsError>
    /** A recording of the stethoscope; its signal id is the group of its measure of source "sound". */
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
        pages,
        recent: (personId, feed, window) =>
          Stream.flatMap(Stream.fromIterable(windowsOf(feed, window)), (part) =>
            pages(personId, feed, { _tag: "Between", ...part }),
          ),
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
          call(personId, { path: "/notify", action: "list", params: {} }, readSubscriptions),
        subscribe: (personId, wanted) =>
          call(personId, subscription("subscribe", wanted), () => true).pipe(Effect.asVoid),
        unsubscribe: (personId, unwanted) =>
          call(personId, subscription("revoke", unwanted), () => true).pipe(Effect.asVoid),
      })
    }),
  )
}

const subscription = (action: "subscribe" | "revoke", { appli, callbackUrl }: Subscription) => ({
  path: "/notify",
  action,
  params: { callbackurl: callbackUrl, appli },
})
