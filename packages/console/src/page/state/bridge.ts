import type { PersonId } from "@withings-bridge/core"
import type { ChartPoint, ConsoleState, Sentence } from "../../ConsoleState.ts"
import { said, texts } from "../text/language.ts"
import { connection } from "./connection.ts"
import { becomes, signal, within } from "./signal.ts"

const t = texts({
  answeredWith: [
    "The bridge answered {status}.",
    "La passerelle a répondu {status}.",
    "Die Brücke hat mit {status} geantwortet.",
  ],
  notAnswered: [
    "The bridge does not answer. Try again in a moment.",
    "La passerelle ne répond pas. Réessayez dans un instant.",
    "Die Brücke antwortet nicht. Bitte gleich noch einmal versuchen.",
  ],
})

/** What the bridge last told; null until it first does. */
export const bridge = signal<ConsoleState | null>(null)
/** False while the bridge does not answer. */
export const connected = signal(true)
/** True when the bridge wants a password first. */
export const locked = signal(false)
/** Whether the bridge answers at this moment. */
const answering = signal(true)

const patience = 3000
/** Milliseconds; the demo does not begin anew. */
const beginsAnew = 2000
const isBack = 30_000

export const listen = (): void => {
  const { answered, failed } = connection(patience, connected.set)
  const events = new EventSource("./api/events")
  events.addEventListener("state", (event) => {
    bridge.set(JSON.parse(event.data))
    answering.set(true)
    answered()
  })
  events.addEventListener("error", async () => {
    // It may only begin anew, as it does when settings were saved.
    answering.set(false)
    failed()
    // An EventSource does not tell why it failed; a session that ended is the one reason the user must act on.
    const answer = await fetch("./api/state").catch(() => null)
    if (answer?.status !== 401) return
    events.close()
    locked.set(true)
  })
}

class RequestRefused extends Error {}

const refusal = (answer: Response, told: Sentence | null) =>
  new RequestRefused(told?.message ? said(told) : t("answeredWith", { status: answer.status }))

/** A refusal is thrown with the sentence it gave, in the page's language, and silence with one of our own. */
const ask = async (path: string, init?: RequestInit): Promise<Response> => {
  const answer = await fetch(`./api/${path}`, init).catch(() => null)
  if (answer === null) throw new RequestRefused(t(init === undefined ? "offline" : "notAnswered"))
  if (!answer.ok) throw refusal(answer, await answer.json().catch(() => null))
  return answer
}

const headers = { "content-type": "application/json", "x-withings-bridge": "console" }

const send = (path: string, body: unknown) =>
  ask(path, { method: "POST", headers, body: JSON.stringify(body) })

export const get = async <A>(path: string): Promise<A> => (await ask(path)).json()

export const post = async <A>(path: string, body: unknown): Promise<A> =>
  (await send(path, body)).json().catch(() => null)

/** Waits until the bridge answers again after what makes it begin anew: until then no button works. */
const beganAnew = async (asked: () => Promise<unknown>): Promise<void> => {
  const silence = becomes(answering, false)
  await asked()
  if (await within(beginsAnew, silence)) await within(isBack, becomes(answering, true))
}

/** Posts settings. */
export const save = (path: string, body: unknown): Promise<void> => beganAnew(() => send(path, body))

/** Sends a backup to the bridge, with the passphrase that opens it. */
export const restore = (file: File, passphrase: string): Promise<void> => {
  const about = { "content-type": "application/octet-stream", "x-passphrase": encodeURIComponent(passphrase) }
  return beganAnew(() => ask("restore", { method: "POST", headers: { ...headers, ...about }, body: file }))
}

/** Posts to the bridge and puts what it answers into the browser's downloads. */
export const download = async (path: string, body: unknown, name: string): Promise<void> => {
  const answer = await send(path, body)
  const link = document.createElement("a")
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

export interface ChartQuery {
  readonly personId: PersonId
  /** Key of a feature. */
  readonly feature: string
  readonly from: number
  readonly to: number
  readonly points: number
  /** One value a day. */
  readonly by?: "day"
}

/** The curve of an electrocardiogram. */
export interface EcgCurve {
  readonly microvolts: ReadonlyArray<number>
  /** Hertz. */
  readonly samplingFrequency: number
}

export const ecg = (personId: PersonId, at: number): Promise<EcgCurve> =>
  get(`ecg?${new URLSearchParams({ personId, at: String(at) })}`)

export const chart = async (query: ChartQuery): Promise<ReadonlyArray<ChartPoint>> => {
  const words = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))
  return get(`chart?${words}`)
}
