import { Effect } from "effect"
import { authorize } from "../../packages/core/test/authorize.ts"
import { api } from "../../apps/hub/test/hubParts.ts"

export interface Settled {
  readonly key: string
  readonly persons: ReadonlyArray<string>
}

/** Retries: on a busy machine a server may close a kept connection just when it is used again. */
const persistently = async <A>(act: () => Promise<A>, tries = 5): Promise<A> => {
  try {
    return await act()
  } catch (error) {
    if (tries === 1) throw error
    console.error(`asked once more: ${error instanceof Error ? `${error.message} ${error.cause}` : error}`)
    return persistently(act, tries - 1)
  }
}

/** Returns the path of the invitation. */
const signIn = async (url: string, household: string, person: string): Promise<string> => {
  const invitation = await api(url, "POST", `/api/households/${household}/invitations`, { days: 1 })
  const path = new URL((invitation.body as { url: string }).url).pathname
  const body = new URLSearchParams({ name: person })
  const started = await fetch(url + path, { method: "POST", body, redirect: "manual" })
  const landing = await Effect.runPromise(authorize(started.headers.get("location") ?? "", person))
  const welcome = await fetch(landing)
  if (!welcome.ok) throw new Error(`${person} could not sign in: ${await welcome.text()}`)
  await welcome.arrayBuffer()
  return path
}

/** Creates a household in which everyone is invited and signs in. */
const settle = async (url: string, persons: ReadonlyArray<string>): Promise<Settled> => {
  const household = await persistently(() => api(url, "POST", "/api/households", { name: "bench" }))
  const { id } = household.body as { id: string }
  for (const person of persons) await persistently(() => signIn(url, id, person))
  const added = await persistently(() => api(url, "POST", `/api/households/${id}/keys`, { name: "bench" }))
  const { key } = added.body as { key: string }
  return { key, persons }
}

/** Two and three to a household, in turn. */
const groupsOf = (names: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> => {
  const groups: Array<ReadonlyArray<string>> = []
  for (let at = 0; at < names.length; at += groups.at(-1)?.length ?? 1)
    groups.push(names.slice(at, at + 2 + (groups.length % 2)))
  return groups
}

/** Several households at once. */
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
