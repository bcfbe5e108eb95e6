import { Chunk, Effect, Option, Stream } from "effect"
import { epochSeconds } from "../../epochSeconds.ts"
import type { PersonId } from "../../measure/Person.ts"
import { type Page, readPage } from "../wire/envelope.ts"
import type { Call } from "./calling.ts"
import type { AnyFeed, MeasurePage, Span } from "./Feed.ts"
import { listRequests } from "./listRequests.ts"

/**
 * Withings sometimes sends an empty page although others follow, or one that leads back to itself. Believing it would
 * lose records for good, so it is requested again this many times.
 */
const doubtsAtMost = 5
const doubtful = (action: string, offset: number) =>
  `Withings kept reporting more data for ${action} after record ${offset} but returned none. What was received is stored.`

/** A list page by page; each page is requested when the stream is pulled. */
export const paging = (call: Call) => (personId: PersonId, feed: AnyFeed, span: Span) => {
  const { action, decode, list, params, path, read = readPage } = listRequests[feed]
  return Stream.paginateChunkEffect(0, (offset) =>
    Effect.gen(function* () {
      const request = { path, action, params: { ...params(span), ...(offset === 0 ? {} : { offset }) } }
      const leadsOn = ({ nextOffset, records }: Page) =>
        nextOffset === null || (records.length > 0 && nextOffset > offset)
      const answer = yield* Effect.repeat(
        call(personId, request, (body) => read(body, list)),
        { until: leadsOn, times: doubtsAtMost },
      )
      if (!leadsOn(answer)) yield* Effect.logWarning(doubtful(action, offset))
      const { nextOffset, records } = answer
      const page: MeasurePage = {
        ...decode(personId, records, yield* epochSeconds),
        records: records.length,
      }
      // An offset that does not move would be read for ever.
      const next = nextOffset === null || nextOffset <= offset ? Option.none() : Option.some(nextOffset)
      return [Chunk.of(page), next] as const
    }),
  )
}
