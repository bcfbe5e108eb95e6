import { Effect, Stream } from "effect"
import { epochSeconds } from "../../epochSeconds.ts"
import type { PersonId } from "../../measure/Person.ts"
import { MeasureStore } from "../../store/MeasureStore.ts"
import { Subscriptions } from "../../store/Subscriptions.ts"
import type { AnyFeed, Feed, MeasurePage, Span } from "../../withings/client/Feed.ts"
import { WithingsApi } from "../../withings/client/WithingsApi.ts"
import type { WithingsError } from "../../withings/client/WithingsError.ts"
import { DeviceList } from "../DeviceList.ts"
import { webhooksTake } from "../intervals.ts"
import { type Lead, stillLeads } from "../Lead.ts"
import { partlyRead, SkippedLog } from "./skippedLog.ts"

interface Read {
  readonly feed: Feed
  readonly span: Span
  /** Webhooks should have announced what it finds. */
  readonly announced: boolean
}

/**
 * Handles page by page; the next one is requested when `keep` has ended, since ten thousand measures are some megabytes.
 * Returns the newest change, epoch seconds.
 */
export const readPages = <E, R>(
  { feed, personId }: { readonly personId: PersonId; readonly feed: AnyFeed },
  pages: Stream.Stream<MeasurePage, WithingsError>,
  keep: (page: MeasurePage) => Effect.Effect<void, E, R>,
) =>
  Effect.flatMap(SkippedLog, (logSkipped) =>
    Stream.runFoldEffect(pages, 0, (newest, page) =>
      Effect.zipRight(logSkipped(personId, feed, page), keep(page)).pipe(
        Effect.as(Math.max(newest, page.newestModified)),
      ),
    ),
  )

/**
 * Reads and keeps what is newer than the first history. Returns the newest change (epoch seconds), and whether any
 * measure was new or changed. `look` sees every page.
 */
export const readAndKeep = Effect.fn("readAndKeep")(function* (
  lead: Lead,
  { announced, feed, span }: Read,
  look: (page: MeasurePage) => void = () => undefined,
) {
  const { personId } = lead
  const measures = yield* MeasureStore
  const devices = yield* DeviceList
  const late = (yield* epochSeconds) - webhooksTake
  let found = false
  let lost = false
  const keep = Effect.fnUntraced(function* (page: MeasurePage) {
    look(page)
    // A new device is shown with its first measure.
    yield* devices.meet(personId, new Set(page.measures.flatMap(({ deviceId }) => deviceId ?? [])))
    const changed = yield* measures.keep(
      {
        personId,
        source: feed,
        firstHistory: false,
        measures: page.measures,
        partlyRead: partlyRead(page),
      },
      () => stillLeads(lead),
    )
    found ||= changed.length > 0
    // Old enough that its webhook should have arrived.
    lost ||= changed.some(({ modified }) => modified < late)
  })
  const newest = yield* readPages({ personId, feed }, (yield* WithingsApi).pages(personId, feed, span), keep)
  if (announced && lost) yield* (yield* Subscriptions).missed(personId, feed)
  return { newest, found }
})
