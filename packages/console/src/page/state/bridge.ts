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

/** The newest state of the bridge; null until the first one arrives. */
export const bridge = signal<ConsoleState | null>(null)
/** False once the bridge has been silent for a while. */
export const connected = signal(true)
/** Whether a password is needed first. */
export const locked = signal(false)
/** False as soon as a connection fails. */
const answering = signal(true)

const patience = 3000
/** Milliseconds in which a restart begins, if there is one: the demo does not restart. */
const restartBegins = 2000
/** Milliseconds. */
const restartTakes = 30_000

export const listen = (): void => {
  const { answered, failed } = connection(patience, connected.set)
  const events = new EventSource("./api/events")
  events.addEventListener("state", (event) => {
    bridge.set(JSON.parse(event.data))
    answering.set(true)
    answered()
  })
  events.addEventListener("error", async () => {
    // Perhaps it only restarts, as it does after settings were saved.
    answering.set(false)
    failed()
    // An EventSource gives no reason. The only one that the user can mend is a session that has ended.
    const answer = await fetch("./api/state").catch(() => null)
    if (answer?.status !== 401) return
    events.close()
    locked.set(true)
  })
}

class RequestRefused extends Error {}

const refusal = (answer: Response, sentence: Sentence | null) =>
  new RequestRefused(sentence?.message ? said(sentence) : t("answeredWith", { status: answer.status }))

/** Throws the sentence of a refusal in the page's language, and one of the page's own when the bridge is silent. */
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

/** Waits until the bridge has restarted: until then no button works. */
const restarted = async (asked: () => Promise<unknown>): Promise<void> => {
  const silence = becomes(answering, false)
  await asked()
  if (await within(restartBegins, silence)) await within(restartTakes, becomes(answering, true))
}

/** Posts settings, and waits for the restart that follows. */
export const save = (path: string, body: unknown): Promise<void> => restarted(() => send(path, body))

/** Sends a backup and its passphrase, and waits for the restart that follows. */
export const restore = (file: File, passphrase: string): Promise<void> => {
  const about = { "content-type": "application/octet-stream", "x-passphrase": encodeURIComponent(passphrase) }
  return restarted(() => ask("restore", { method: "POST", headers: { ...headers, ...about }, body: file }))
}

/** Posts to the bridge and saves the answer as a download. */
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
