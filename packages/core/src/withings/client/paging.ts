import { Chunk, Effect, Option, Stream } from "effect"
import { epochSeconds } from "../../epochSeconds.ts"
import type { PersonId } from "../../measure/Person.ts"
import type { Decoded } from "../decode/Decoded.ts"
import type { Page } from "../wire/envelope.ts"
import type { Wire } from "../wire/read.ts"
import type { Call } from "./calling.ts"
import type { MeasurePage } from "./Feed.ts"
import type { WithingsError } from "./WithingsError.ts"
import type { WithingsRequest } from "./WithingsHttp.ts"

/**
 * An empty page that others follow, or one that leads back to itself, is a mistake of Withings. Believing it would
 * lose what should be on it for good, so it is asked for again this many times.
 */
const doubtsAtMost = 5
const doubtful = (action: string, offset: number) =>
  `Withings kept reporting more data for ${action} after record ${offset} but returned none. What was received is stored.`

/** A list that Withings sends in pages, and what is made of its records. */
interface PagedList {
  readonly request: Omit<WithingsRequest, "accessToken">
  readonly read: (body: Wire) => Page | null
  readonly decode: (records: ReadonlyArray<unknown>, now: number) => Decoded
}

export type Pages = (personId: PersonId, list: PagedList) => Stream.Stream<MeasurePage, WithingsError>

/** Reads page after page, each when it is wanted. */
export const paging =
  (call: Call): Pages =>
  (personId, { decode, read, request }) =>
    Stream.paginateChunkEffect(0, (offset) =>
      Effect.gen(function* () {
        const params = offset === 0 ? request.params : { ...request.params, offset }
        const leadsOn = (page: Page) =>
          page.nextOffset === null || (page.records.length > 0 && page.nextOffset > offset)
        const answer = yield* Effect.repeat(call(personId, { ...request, params }, read), {
          until: leadsOn,
          times: doubtsAtMost,
        })
        if (!leadsOn(answer)) yield* Effect.logWarning(doubtful(request.action, offset))
        const { nextOffset, records } = answer
        const now = yield* epochSeconds
        const page: MeasurePage = { ...decode(records, now), records: records.length }
        // An offset that does not move would be read for ever.
        const next = nextOffset === null || nextOffset <= offset ? Option.none() : Option.some(nextOffset)
        return [Chunk.of(page), next] as const
      }),
    )
