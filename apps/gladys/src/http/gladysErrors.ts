import {
  HttpApiBuilder,
  HttpApiError,
  HttpServerError,
  HttpServerRequest,
  HttpServerResponse,
} from "@effect/platform"
import { isForeign } from "@withings-bridge/core"
import { Cause, Effect } from "effect"
import { BadRequest, Forbidden, NotFound } from "./schemas.ts"

/**
 * Answers every error in Gladys' shape, `{status, code, message}`, including those before a route is reached, and never
 * with a schema's own message. Requests from pages of other sites are refused first.
 */
export const gladysErrors = HttpApiBuilder.middleware((app) =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
    if (isOfAnotherSite(request)) return answer(foreignOrigin)
    if (isForm(request.headers["content-type"])) return answer(jsonOnly)
    return Effect.catchAllCause(app, (cause) => answerOrFail(cause, request))
  }),
)

/**
 * Outside of `/api/` only `Origin` counts: the redirect from Withings is a navigation from another site. DNS rebinding
 * gains nothing without the API key.
 */
const isOfAnotherSite = ({ headers, url }: HttpServerRequest.HttpServerRequest): boolean => {
  const { host, origin } = headers
  return isForeign(url.startsWith("/api/") ? headers : { host, origin }, { loopback: false })
}

/** The platform's form reader crashes on a form without a boundary; no route takes forms anyway. */
const isForm = (contentType: string | undefined): boolean => /^\s*multipart\//i.test(contentType ?? "")

const answer = (error: { readonly status: number }) =>
  HttpServerResponse.json(error, { status: error.status }).pipe(Effect.orDie)

const answerOrFail = <E>(cause: Cause.Cause<E>, request: HttpServerRequest.HttpServerRequest) => {
  if (Cause.isInterruptedOnly(cause)) return Effect.failCause(cause)
  const error = Cause.squash(cause)
  if (error instanceof HttpApiError.HttpApiDecodeError) return answer(invalid(error))
  if (error instanceof HttpServerError.RouteNotFound) return answer(noRoute(request))
  if (error instanceof HttpServerError.RequestError) return answer(unreadable)
  // Describing what is wrong with 20,000 nested lists overflows the stack.
  if (error instanceof RangeError) return answer(unreadable)
  // Routes fail in Gladys' shape already.
  return Effect.failCause(cause)
}

const invalid = ({ issues }: HttpApiError.HttpApiDecodeError) => {
  const names = [...new Set(issues.map(({ path }) => path.map(String).join(".")))].filter(
    (name) => name !== "",
  )
  return names.length === 0
    ? unreadable
    : BadRequest.because(`Not accepted: ${names.slice(0, 5).map(quoted).join(", ")}. See /docs for what is.`)
}

const quoted = (name: string) => `\`${name.slice(0, 64)}\``

const noRoute = ({ method, url }: HttpServerRequest.HttpServerRequest) =>
  NotFound.because(`Route ${method} ${(url.split("?", 1)[0] ?? "").slice(0, 256)} not found`)

const unreadable = BadRequest.because("The request cannot be read: its body has to be JSON of at most 64 kB.")
const jsonOnly = BadRequest.because("Send the body as JSON, not as a form.")
const foreignOrigin = Forbidden.because("Pages of other sites may not ask this bridge anything.")
