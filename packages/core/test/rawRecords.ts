import type { Simulator } from "@withings-bridge/simulator"
import { Effect, Redacted } from "effect"
import type { PersonId } from "../src/measure/Person.ts"
import { AccessToken } from "../src/withings/account/AccessToken.ts"
import { listRequests } from "../src/withings/client/listRequests.ts"
import { type AnyFeed, feeds } from "../src/withings/client/Feed.ts"

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
    const read = (feed: AnyFeed) =>
      Effect.promise(async () => {
        const { action, decode, list, params, path } = listRequests[feed]
        const asked = { ...params({ _tag: "Between", from: 1, to }), action }
        return decode(personId, await allRecords(`${url}${path}`, token, asked, list), to).measures
      })
    return (yield* Effect.forEach([...feeds, "heart", "sound"] as const, read)).flat()
  })
