import type { IncomingMessage, ServerResponse } from "node:http"
import { setTimeout as delay } from "node:timers/promises"
import type { Action, Body } from "../actions/Action.ts"
import { actions } from "../actions/actions.ts"
import { ApiFailure, insufficientScope, invalidToken, notImplemented } from "../cloud/ApiFailure.ts"
import type { Cloud } from "../cloud/Cloud.ts"
import type { Failure } from "../cloud/Faults.ts"
import { safeParams } from "../cloud/RequestLog.ts"
import type { Person } from "../household/Person.ts"
import { paramsOf, readBody } from "./body.ts"

interface Request {
  readonly method: string
  readonly path: string
  readonly action: string
  readonly params: ReadonlyMap<string, string>
  readonly accessToken: string
}

interface Answer {
  readonly person: Person | null
  readonly body: Body
}

const bearer = /^bearer\s+(\S+)$/i

const requestOf = async (request: IncomingMessage, url: URL): Promise<Request> => {
  const params = paramsOf(url.searchParams, request.headers["content-type"] ?? "", await readBody(request))
  return {
    method: request.method ?? "GET",
    path: url.pathname.replace(/\/+$/, "").toLowerCase(),
    action: (params.get("action") ?? "").toLowerCase(),
    params,
    accessToken: bearer.exec(request.headers.authorization ?? "")?.[1] ?? params.get("access_token") ?? "",
  }
}

/** Own entries only: a client may send any text, including "constructor". */
const actionAt = (path: string, action: string): Action | undefined => {
  const folder = Object.hasOwn(actions, path) ? actions[path] : undefined
  return folder && Object.hasOwn(folder, action) ? folder[action] : undefined
}

const answer = async (cloud: Cloud, { path, action, params, accessToken }: Request): Promise<Answer> => {
  const found = actionAt(path, action)
  if (!found) throw notImplemented(`${path} ${action}`)
  if (found.needs === "client") {
    cloud.clients.count(params.get("client_id") ?? "")
    return { person: null, body: await found.run({ cloud, params }) }
  }
  const grant = cloud.tokens.use(accessToken)
  cloud.clients.count(grant.clientId)
  const person = cloud.household.personWith(grant.userid)
  if (!person) throw invalidToken()
  const allowed = found.scopes.length === 0 || found.scopes.some((scope) => grant.scope.includes(scope))
  if (!allowed) throw insufficientScope()
  return { person, body: await found.run({ cloud, params, person, grant }) }
}

const send = (response: ServerResponse, text: string, type = "application/json", status = 200): void => {
  const bytes = Buffer.from(text)
  response.writeHead(status, { "content-type": type, "content-length": bytes.length })
  response.end(bytes)
}

/** Answers as the fault says. A timeout answers nothing until the client disconnects. */
const strike = (failure: Failure, response: ServerResponse): void => {
  if (failure.kind === "status") {
    send(response, JSON.stringify({ status: failure.status, body: {}, error: "By a planned fault" }))
  } else if (failure.kind === "http 500") send(response, "Internal Server Error", "text/plain", 500)
  else if (failure.kind === "cut connection") response.destroy()
  else if (failure.kind === "bad JSON") send(response, '{"status":0,"body":{"measuregrps":[{"grpid":1,')
  else if (failure.kind === "HTML page") {
    send(response, "<!DOCTYPE html><title>Maintenance</title><h1>We will be back soon</h1>", "text/html")
  }
}

const rowsIn = (body: Body): number | null => {
  const list = Object.values(body).find((value) => Array.isArray(value))
  return Array.isArray(list) ? list.length : null
}

/** wbsapi.withings.net: every answer is HTTP 200 with `{status, body, error}`. */
export const serveApi = async (
  cloud: Cloud,
  incoming: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> => {
  const startedAt = performance.now()
  const request = await requestOf(incoming, url)
  const { method, path, action, params } = request
  const log = (status: number | string, person: Person | null, rows: number | null): void =>
    cloud.log.add({
      at: cloud.clock.now(),
      method,
      path,
      action,
      person: person?.name ?? null,
      params: safeParams(params),
      status,
      rows,
      milliseconds: Math.round((performance.now() - startedAt) * 10) / 10,
    })
  if (cloud.faults.slowBy > 0) await delay(cloud.faults.slowBy, undefined, { ref: false })
  const failure = cloud.faults.next(path, action)
  if (failure) {
    log(failure.kind === "status" ? failure.status : failure.kind, null, null)
    strike(failure, response)
    return
  }
  try {
    const { person, body } = await answer(cloud, request)
    log(0, person, rowsIn(body))
    send(response, JSON.stringify({ status: 0, body }))
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    log(error.status, null, null)
    send(response, JSON.stringify({ status: error.status, body: {}, error: error.message }))
  }
}
