import { Chunk, Context, Effect, Layer, Option, type Redacted, Stream } from "effect"
import { epochSeconds } from "../../epochSeconds.ts"
import type { Device } from "../../measure/Device.ts"
import type { Measure } from "../../measure/Measure.ts"
import { AccessToken } from "../account/AccessToken.ts"
import type { Decoded } from "../decode/Decoded.ts"
import type { EcgSignal, Feed, HeartSound, MeasurePage, RecentFeed, Span, Window } from "./Feed.ts"
import { feedRequests } from "./feedRequests.ts"
import { recentRequests, windowsOf } from "./recentRequests.ts"
import { toDevices } from "../decode/toDevice.ts"
import { toGoals } from "../decode/toGoals.ts"
import { readPage, type Page } from "../wire/envelope.ts"
import { readProfiles } from "../wire/notify.ts"
import type { Wire } from "../wire/read.ts"
import { readSignal } from "../wire/signal.ts"
import { readSound } from "../wire/sound.ts"
import type { WithingsError } from "./WithingsError.ts"
import { RequestedFor } from "./RequestBudget.ts"
import { WithingsHttp, type WithingsRequest } from "./WithingsHttp.ts"

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
 * A page that others follow but that is empty, or that leads back to itself, is a slip of Withings: taken at its word,
 * what should be on it would be missing for good. It is asked for again so many times.
 */
const doubtsAtMost = 5
const doubtful = (action: string, offset: number) =>
  `Withings kept reporting more data for ${action} after record ${offset} but returned none. What was received is stored.`

/**
 * The Withings Public API for persons who are signed in: pages become streams, wire names become the model,
 * tokens are fetched, refreshed and retried beneath.
 */
export class WithingsApi extends Context.Tag("@withings-bridge/core/withings/WithingsApi")<
  WithingsApi,
  {
    readonly pages: (personId: string, feed: Feed, span: Span) => Stream.Stream<MeasurePage, WithingsError>
    /** What was taken between two times, epoch seconds, in requests as long as Withings allows, the newest first. */
    readonly recent: (
      personId: string,
      feed: RecentFeed,
      window: Window,
    ) => Stream.Stream<MeasurePage, WithingsError>
    /** The curve of an electrocardiogram; its signal id is the group of its measures. */
    readonly ecgSignal: (personId: string, signalId: string) => Effect.Effect<EcgSignal, WithingsError>
    /** What the stethoscope heard; its signal id is the group of its measure of the source "sound". */
    readonly heartSound: (personId: string, signalId: string) => Effect.Effect<HeartSound, WithingsError>
    readonly devices: (personId: string) => Effect.Effect<ReadonlyArray<Device>, WithingsError>
    readonly goals: (personId: string) => Effect.Effect<ReadonlyArray<Measure>, WithingsError>
    readonly subscriptions: (personId: string) => Effect.Effect<ReadonlyArray<Subscription>, WithingsError>
    readonly subscribe: (personId: string, subscription: Subscription) => Effect.Effect<void, WithingsError>
    readonly unsubscribe: (personId: string, subscription: Subscription) => Effect.Effect<void, WithingsError>
  }
>() {
  static readonly layer: Layer.Layer<WithingsApi, never, WithingsHttp | AccessToken> = Layer.effect(
    WithingsApi,
    Effect.gen(function* () {
      const http = yield* WithingsHttp
      const accessToken = yield* AccessToken

      /** Actions that refused a token which had just been fetched. */
      const refusing = new Set<string>()

      /**
       * A token that is not accepted is replaced once. Refused again, the trouble is with the action, and no more
       * refreshes are spent on it until it is answered once.
       */
      const call = <A>(
        personId: string,
        request: Omit<WithingsRequest, "accessToken">,
        read: (body: Wire) => A | null,
      ): Effect.Effect<A, WithingsError> => {
        const key = `${personId} ${request.path} ${request.action}`
        const send = (token: Redacted.Redacted) => http.send({ ...request, accessToken: token }, read)
        const again = (token: Redacted.Redacted) =>
          Effect.flatMap(accessToken.instead(personId, token), send).pipe(
            Effect.tapErrorTag("AuthenticationFailed", () => Effect.sync(() => refusing.add(key))),
          )
        return Effect.flatMap(accessToken.get(personId), (token) =>
          Effect.catchTag(send(token), "AuthenticationFailed", (error) =>
            refusing.has(key) ? Effect.fail(error) : again(token),
          ),
        ).pipe(
          Effect.tap(() => Effect.sync(() => refusing.delete(key))),
          Effect.provideService(RequestedFor, personId),
        )
      }

      const paged = (
        personId: string,
        asked: Omit<WithingsRequest, "accessToken">,
        read: (body: Wire) => Page | null,
        decode: (records: ReadonlyArray<unknown>, now: number) => Decoded,
      ): Stream.Stream<MeasurePage, WithingsError> => {
        const page = (offset: number) =>
          Effect.gen(function* () {
            const params = offset === 0 ? asked.params : { ...asked.params, offset }
            const leadsOn = (page: Page) =>
              page.nextOffset === null || (page.records.length > 0 && page.nextOffset > offset)
            const answer = yield* Effect.repeat(call(personId, { ...asked, params }, read), {
              until: leadsOn,
              times: doubtsAtMost,
            })
            if (!leadsOn(answer)) yield* Effect.logWarning(doubtful(asked.action, offset))
            const { nextOffset, records } = answer
            const now = yield* epochSeconds
            const page: MeasurePage = { ...decode(records, now), records: records.length }
            // An offset that does not move would be read for ever.
            const next = nextOffset === null || nextOffset <= offset ? Option.none() : Option.some(nextOffset)
            return [Chunk.of(page), next] as const
          })
        return Stream.paginateChunkEffect(0, page)
      }

      const pages = (personId: string, feed: Feed, span: Span) => {
        const { decode, list, request } = feedRequests[feed]
        return paged(
          personId,
          request(span),
          (body) => readPage(body, list),
          (records, now) => decode(personId, records, now),
        )
      }

      const recent = (personId: string, feed: RecentFeed, window: Window) => {
        const { action, decode, params, path, read } = recentRequests[feed]
        return Stream.flatMap(Stream.fromIterable(windowsOf(feed, window)), ({ from, to }) =>
          paged(
            personId,
            { path, action, params: { ...params, startdate: from, enddate: to } },
            read,
            (records, now) => decode(personId, records, now),
          ),
        )
      }

      const subscription = (
        personId: string,
        action: "subscribe" | "revoke",
        { appli, callbackUrl }: Subscription,
      ) =>
        call(
          personId,
          { path: "/notify", action, params: { callbackurl: callbackUrl, appli } },
          () => true,
        ).pipe(Effect.asVoid)

      return WithingsApi.of({
        pages,
        recent,
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
        subscribe: (personId, wanted) => subscription(personId, "subscribe", wanted),
        unsubscribe: (personId, unwanted) => subscription(personId, "revoke", unwanted),
      })
    }),
  )
}
