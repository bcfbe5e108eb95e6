import type { ChartPoint, ConsoleState } from "../../ConsoleState.ts"
import { said, t } from "../text/language.ts"
import { signal } from "./signal.ts"

/** What the bridge last told; null until it first does. */
export const bridge = signal<ConsoleState | null>(null)
/** False while the bridge does not answer. */
export const connected = signal(true)
/** True when the bridge wants a password first. */
export const locked = signal(false)

const patience = 3000

export const listen = (): void => {
  let silence: ReturnType<typeof setTimeout> | undefined
  const events = new EventSource("./api/events")
  events.addEventListener("state", (event) => {
    clearTimeout(silence)
    bridge.set(JSON.parse(event.data))
    connected.set(true)
  })
  events.addEventListener("error", async () => {
    // It may only begin anew, as it does when settings were saved.
    clearTimeout(silence)
    silence = setTimeout(() => connected.set(false), patience)
    // An EventSource does not tell why it failed; a session that ended is the one reason the user must act on.
    const answer = await fetch("./api/state").catch(() => null)
    if (answer?.status !== 401) return
    events.close()
    locked.set(true)
  })
}

class RequestRefused extends Error {}

/** Posts to the bridge; a refusal is thrown with the sentence it gave, in the page's language. */
export const post = async <A>(path: string, body: unknown): Promise<A> => {
  const answer = await fetch(`./api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-withings-bridge": "console" },
    body: JSON.stringify(body),
  })
  const told = await answer.json().catch(() => null)
  if (!answer.ok)
    throw new RequestRefused(told?.message ? said(told) : t("answeredWith", { status: answer.status }))
  return told
}

export interface ChartQuery {
  readonly personId: string
  /** Key of a feature. */
  readonly feature: string
  readonly from: number
  readonly to: number
  readonly points: number
}

export const chart = async (query: ChartQuery): Promise<ReadonlyArray<ChartPoint>> => {
  const words = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))
  const answer = await fetch(`./api/chart?${words}`)
  return answer.ok ? answer.json() : []
}
