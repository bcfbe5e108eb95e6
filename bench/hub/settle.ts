import { Effect } from "effect"
import { authorize } from "../../packages/core/test/authorize.ts"
import { api } from "../../apps/hub/test/hubParts.ts"

export interface Settled {
  readonly key: string
  readonly persons: ReadonlyArray<string>
}

/** Everyone of a household is invited, and signs in. */
const settle = async (url: string, persons: ReadonlyArray<string>): Promise<Settled> => {
  const household = await api(url, "POST", "/api/households", { name: "bench" })
  const { id } = household.body as { id: string }
  let token = ""
  for (const person of persons) {
    const invitation = await api(url, "POST", `/api/households/${id}/invitations`, { days: 1 })
    token = new URL((invitation.body as { url: string }).url).pathname
    const body = new URLSearchParams({ name: person })
    const started = await fetch(url + token, { method: "POST", body, redirect: "manual" })
    const landing = await Effect.runPromise(authorize(started.headers.get("location") ?? "", person))
    const welcome = await fetch(landing)
    if (!welcome.ok) throw new Error(`${person} could not sign in: ${await welcome.text()}`)
    await welcome.arrayBuffer()
  }
  const fetched = await fetch(`${url}${token}/key`, { method: "POST" })
  const { key } = (await fetched.json()) as { key: string }
  return { key, persons }
}

/** Two and three to a household, in turn. */
const groupsOf = (names: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> => {
  const groups: Array<ReadonlyArray<string>> = []
  for (let at = 0; at < names.length; at += groups.at(-1)?.length ?? 1)
    groups.push(names.slice(at, at + 2 + (groups.length % 2)))
  return groups
}

/** Some households at once. */
export const settleAll = async (
  url: string,
  names: ReadonlyArray<string>,
): Promise<ReadonlyArray<Settled>> => {
  const waiting = [...groupsOf(names)]
  const settled: Array<Settled> = []
  const worker = async () => {
    for (;;) {
      const next = waiting.shift()
      if (next === undefined) return
      settled.push(await settle(url, next))
    }
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  return settled
}
