import { existsSync } from "node:fs"
import { createServer, type IncomingMessage } from "node:http"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Device, MeasureGroup, Simulator } from "@withings-bridge/simulator"

export const allScopes = "user.info,user.metrics,user.activity,user.sleepevents"
export const redirectUri = "http://127.0.0.1:1/callback"

export type Fields = Readonly<Record<string, string | number>>

export interface Night {
  readonly id: number
  readonly startdate: number
  readonly enddate: number
  readonly date: string
  readonly timezone: string
  readonly created: number
  readonly modified: number
  readonly data: Readonly<Record<string, number | string | null>>
}

export interface Stage {
  readonly startdate: number
  readonly enddate: number
  readonly state: number
  readonly hr?: Readonly<Record<string, number>>
}

type Row = Readonly<Record<string, number | string | null>>

interface Paged {
  readonly more?: boolean | number
  readonly offset?: number
}

export interface Tokens {
  readonly userid: number
  readonly access_token: string
  readonly refresh_token: string
  readonly scope: string
}

interface Subscription {
  readonly appli: number
  readonly callbackurl: string
  readonly comment: string
  readonly expires: number
}

/** What the tests read of each action's body. */
export interface Bodies {
  readonly getmeas: Paged & { readonly updatetime: number; readonly measuregrps: ReadonlyArray<MeasureGroup> }
  readonly getactivity: Paged & {
    readonly activities: ReadonlyArray<{ date: string; timezone: string; steps?: number }>
  }
  readonly getintradayactivity: { readonly series: Readonly<Record<string, Row>> }
  readonly getsummary: Paged & { readonly series: ReadonlyArray<Night> }
  readonly get: {
    readonly series: ReadonlyArray<Stage>
    readonly signal: ReadonlyArray<number>
  } & Subscription
  readonly list: {
    readonly profiles: ReadonlyArray<Subscription>
    readonly series: ReadonlyArray<{
      readonly signalid?: number
      readonly model?: number
      readonly ecg?: { readonly signalid: number }
      readonly bloodpressure?: { readonly systole: number; readonly diastole: number }
      readonly stetho?: { readonly signalid: number; readonly vhd: number }
    }>
  }
  readonly getdevice: { readonly devices: ReadonlyArray<Device> }
  readonly getgoals: { readonly goals: object }
  readonly subscribe: object
  readonly update: object
  readonly revoke: object
  readonly requesttoken: Tokens
  readonly getdemoaccess: Tokens
  readonly getnonce: { readonly nonce: string }
}

export interface Envelope<Body> {
  readonly status: number
  readonly body: Body
  readonly error?: string
}

export const form = (fields: Fields): URLSearchParams => {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) params.set(name, String(value))
  return params
}

/** Sends any request, known or unknown. */
export const send = async (
  simulator: Simulator,
  path: string,
  fields: Fields,
  token?: string,
): Promise<Envelope<unknown>> => {
  const response = await fetch(`${simulator.url}${path}`, {
    method: "POST",
    body: form(fields),
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  })
  if (response.status !== 200) throw new Error(`HTTP ${response.status} of ${path}`)
  const envelope: Envelope<unknown> = JSON.parse(await response.text())
  return envelope
}

const isOf = <A extends keyof Bodies>(
  envelope: Envelope<unknown>,
  _action: A,
): envelope is Envelope<Bodies[A]> => typeof envelope.body === "object"

/** Sends a request of a known action; the body has its type only if the status is 0. */
export const call = async <A extends keyof Bodies>(
  simulator: Simulator,
  path: string,
  fields: Fields & { readonly action: A },
  token?: string,
): Promise<Envelope<Bodies[A]>> => {
  const envelope = await send(simulator, path, fields, token)
  if (!isOf(envelope, fields.action)) throw new Error(`${path} ${fields.action} answered without a body`)
  return envelope
}

/** Submits the authorize page; returns the address that it redirects to. */
export const authorize = async (simulator: Simulator, fields: Fields = {}): Promise<URL> => {
  const response = await fetch(`${simulator.url}/oauth2_user/authorize2`, {
    method: "POST",
    redirect: "manual",
    body: form({
      response_type: "code",
      client_id: simulator.clientId,
      state: "a state",
      scope: allScopes,
      redirect_uri: redirectUri,
      ...fields,
    }),
  })
  const location = response.headers.get("location")
  if (location === null)
    throw new Error(`The authorize page answered ${response.status}: ${await response.text()}`)
  return new URL(location)
}

export const redeem = (simulator: Simulator, code: string, fields: Fields = {}): Promise<Envelope<Tokens>> =>
  call(simulator, "/v2/oauth2", {
    action: "requesttoken",
    grant_type: "authorization_code",
    client_id: simulator.clientId,
    client_secret: simulator.clientSecret,
    code,
    redirect_uri: redirectUri,
    ...fields,
  })

export const refresh = (simulator: Simulator, refreshToken: string): Promise<Envelope<Tokens>> =>
  call(simulator, "/v2/oauth2", {
    action: "requesttoken",
    grant_type: "refresh_token",
    client_id: simulator.clientId,
    client_secret: simulator.clientSecret,
    refresh_token: refreshToken,
  })

export const signIn = async (simulator: Simulator, person: string, fields: Fields = {}): Promise<Tokens> => {
  const location = await authorize(simulator, { person, ...fields })
  const { status, body, error } = await redeem(simulator, location.searchParams.get("code") ?? "")
  if (status !== 0) throw new Error(`requesttoken answered ${status}: ${error}`)
  return body
}

/** Every page of an action, one after the other. */
async function* pages<A extends "getmeas" | "getactivity" | "getsummary">(
  simulator: Simulator,
  path: string,
  fields: Fields & { readonly action: A },
  token: string,
): AsyncGenerator<Bodies[A]> {
  let offset: number | undefined = 0
  while (offset !== undefined) {
    const asked: Fields & { readonly action: A } = offset === 0 ? fields : { ...fields, offset }
    const envelope: Envelope<Bodies[A]> = await call(simulator, path, asked, token)
    const { status, body, error } = envelope
    if (status !== 0) throw new Error(`${path} answered ${status}: ${error}`)
    yield body
    offset = body.more ? body.offset : undefined
  }
}

export const allGroups = async (simulator: Simulator, token: string, fields: Fields = {}) => {
  const found: Array<MeasureGroup> = []
  for await (const page of pages(simulator, "/measure", { ...fields, action: "getmeas" }, token)) {
    found.push(...page.measuregrps)
  }
  return found
}

export const allNights = async (simulator: Simulator, token: string, fields: Fields) => {
  const found: Array<Night> = []
  for await (const page of pages(simulator, "/v2/sleep", { ...fields, action: "getsummary" }, token)) {
    found.push(...page.series)
  }
  return found
}

export const allDays = async (simulator: Simulator, token: string, fields: Fields) => {
  const found: Array<Bodies["getactivity"]["activities"][number]> = []
  for await (const page of pages(simulator, "/v2/measure", { ...fields, action: "getactivity" }, token)) {
    found.push(...page.activities)
  }
  return found
}

export interface Heard {
  readonly method: string
  readonly fields: Record<string, string>
}

/** A subscriber's server: records webhooks and answers with the chosen status. */
export const startListener = async () => {
  const heard: Array<Heard> = []
  const listener = { url: "", heard, status: 200, headStatus: 200, close: async () => {} }
  const bodyOf = async (request: IncomingMessage): Promise<string> => {
    let text = ""
    for await (const chunk of request) text += String(chunk)
    return text
  }
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const { method = "" } = request
    if (method !== "HEAD") heard.push({ method, fields: Object.fromEntries(new URLSearchParams(body)) })
    response.writeHead(method === "HEAD" ? listener.headStatus : listener.status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (typeof address !== "object" || address === null) throw new Error("The listener has no port.")
  listener.url = `http://127.0.0.1:${address.port}/webhook?secret=shh`
  listener.close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return listener
}

export const subscribe = (simulator: Simulator, token: string, callbackurl: string, appli: number) =>
  call(simulator, "/notify", { action: "subscribe", callbackurl, appli }, token)

/** A clock that stands still until a test sets it. */
export const testClock = (start = "2026-03-01T12:00:00Z") => {
  const clock = {
    at: Date.parse(start),
    now: () => clock.at,
    pass: (seconds: number) => void (clock.at += seconds * 1000),
  }
  return clock
}

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..")

const found = (path: string, what: string): string | null => {
  if (existsSync(path)) return path
  console.warn(`SKIPPED: ${what} is not at ${path}, so nothing that needs it was tested.`)
  return null
}

/** Folder of recorded answers; null, with a warning, where it is absent. */
export const recordedFolder = found(
  process.env["WITHINGS_RECORDED"] ?? join(root, "../shared/withings/recorded"),
  "The folder of recorded answers (WITHINGS_RECORDED)",
)

export const openApiDocument = found(
  process.env["WITHINGS_OPENAPI"] ?? join(root, "../shared/withings/withings-data-api-openapi.yml"),
  "Withings' OpenAPI document (WITHINGS_OPENAPI)",
)
