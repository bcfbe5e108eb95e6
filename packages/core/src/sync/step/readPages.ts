import { Effect, Stream } from "effect"
import type { Measure } from "../../measure/Measure.ts"
import type { PersonId } from "../../measure/Person.ts"
import type { Feed, MeasurePage, Span } from "../../withings/client/Feed.ts"
import { WithingsApi } from "../../withings/client/WithingsApi.ts"
import { DeviceList } from "../DeviceList.ts"
import { SkippedLog } from "./skippedLog.ts"

/**
 * Every page as it comes. The next one is fetched when this one is kept: ten thousand measures are some megabytes,
 * several persons are read at once, and the allowance of requests makes the pace, not the store. Answers when the
 * newest record was changed, epoch seconds.
 */
export const readPages = <E, R>(
  { feed, personId, span }: { readonly personId: PersonId; readonly feed: Feed; readonly span: Span },
  keep: (page: MeasurePage) => Effect.Effect<void, E, R>,
) =>
  Effect.gen(function* () {
    const api = yield* WithingsApi
    const logSkipped = yield* SkippedLog
    return yield* Stream.runFoldEffect(api.pages(personId, feed, span), 0, (newest, page) =>
      Effect.zipRight(logSkipped(personId, feed, page), keep(page)).pipe(
        Effect.as(Math.max(newest, page.newestModified)),
      ),
    )
  })

/** A device that measured something is shown with its first measure. */
export const meetDevices = (personId: PersonId, found: ReadonlyArray<Measure>) =>
  Effect.flatMap(DeviceList, ({ meet }) =>
    meet(personId, new Set(found.flatMap(({ deviceId }) => deviceId ?? []))),
  )
