import type { Simulator } from "@withings-bridge/simulator"
import { Effect, Redacted } from "effect"
import type { Measure } from "../src/measure/Measure.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { AccessToken } from "../src/withings/account/AccessToken.ts"
import type { Decoded } from "../src/withings/decode/Decoded.ts"
import { feedRequests } from "../src/withings/client/feedRequests.ts"
import { recentRequests } from "../src/withings/client/recentRequests.ts"
import { feeds } from "../src/withings/client/WithingsApi.ts"

type Params = Readonly<Record<string, string | number>>

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** A list of the simulated cloud to its end, asked for by hand. */
const allRecords = async (url: string, token: string, params: Params, list: string) => {
  const records: Array<unknown> = []
  for (let offset: unknown = 0; offset !== null;) {
    const form = new URLSearchParams(
      Object.entries({ ...params, offset: String(offset) }).map(([key, value]): [string, string] => [
        key,
        String(value),
      ]),
    )
    const response = await fetch(url, {
      method: "POST",
      body: form,
      headers: { authorization: `Bearer ${token}` },
    })
    const { body, status } = (await response.json()) as Answer
    const page = body[list]
    if (status !== 0 || !Array.isArray(page)) throw new Error(`The simulator answered ${status} to ${url}`)
    records.push(...page)
    offset = body["more"] === true || body["more"] === 1 ? body["offset"] : null
  }
  return records
}

/** All that the simulated cloud holds of a person now, in words of the model; nothing of the sync is used for it. */
export const held = ({ url }: Simulator, personId: PersonId) =>
  Effect.gen(function* () {
    const token = Redacted.value(yield* (yield* AccessToken).get(personId))
    const to = Math.floor(Date.now() / 1000) + 86_400
    const read = (path: string, params: Params, list: string, decode: (records: Array<unknown>) => Decoded) =>
      Effect.map(
        Effect.promise(() => allRecords(`${url}${path}`, token, params, list)),
        (records) => decode(records).measures,
      )
    const all: Array<ReadonlyArray<Measure>> = []
    for (const feed of feeds) {
      const { decode, list, request } = feedRequests[feed]
      const { action, params, path } = request({ _tag: "Between", from: 1, to })
      all.push(yield* read(path, { ...params, action }, list, (records) => decode(personId, records, to)))
    }
    for (const feed of ["heart", "sound"] as const) {
      const { action, decode, path } = recentRequests[feed]
      const recordings = { action, startdate: 1, enddate: to }
      all.push(yield* read(path, recordings, "series", (records) => decode(personId, records, to)))
    }
    return all.flat()
  })
