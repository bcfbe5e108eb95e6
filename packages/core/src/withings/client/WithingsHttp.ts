import { HttpClient, HttpClientRequest, type HttpClientResponse } from "@effect/platform"
import {
  Cause,
  Chunk,
  Context,
  Effect,
  type Exit,
  Layer,
  Metric,
  Option,
  type Redacted,
  Schedule,
  Stream,
} from "effect"
import { BridgeConfig } from "../../BridgeConfig.ts"
import type { StoreError } from "../../store/StoreError.ts"
import { requests } from "../../telemetry/metrics.ts"
import { layerHttpClient } from "./httpClient.ts"
import { RequestBudget } from "./RequestBudget.ts"
import { statusFamily } from "./status.ts"
import { misshapen, noBody, seeMore } from "../wire/bodyShape.ts"
import { readEnvelope } from "../wire/envelope.ts"
import type { Wire } from "../wire/read.ts"
import {
  AuthenticationFailed,
  isRetryable,
  Garbled,
  InvalidParams,
  NotImplemented,
  TooManyRequests,
  Unauthorized,
  Unreachable,
  WithingsFailed,
  type NeedsSignIn,
  type OtherApplication,
  type WithingsError,
} from "./WithingsError.ts"

export interface WithingsRequest {
  /** "/measure", "/v2/sleep", … */
  readonly path: string
  readonly action: string
  readonly params: Readonly<Record<string, string | number>>
  readonly accessToken: Redacted.Redacted | null
}

/** The errors of a single exchange, which knows nothing of access tokens. */
export type HttpError = Exclude<WithingsError, NeedsSignIn | OtherApplication>

const userAgent = "withings-bridge"
const answersWithin = "30 seconds"
/** A page of 300 groups is about 300 kB, the largest known one of a real account 900 kB. */
const largestBody = 8 * 1024 * 1024

const retries = Schedule.exponential("500 millis").pipe(
  Schedule.jittered,
  Schedule.intersect(Schedule.recurs(3)),
)

/** One exchange with Withings: a form goes out, the body of the envelope comes back. */
export class WithingsHttp extends Context.Tag("@withings-bridge/core/withings/WithingsHttp")<
  WithingsHttp,
  {
    /** Waits for the budget, retries, and reads the body of status 0. Where `read` returns null, it fails with Garbled. */
    readonly send: <A>(
      request: WithingsRequest,
      read: (body: Wire) => A | null,
    ) => Effect.Effect<A, HttpError>
  }
>() {
  static readonly layerClient: Layer.Layer<
    WithingsHttp,
    never,
    HttpClient.HttpClient | RequestBudget | BridgeConfig
  > = Layer.effect(
    WithingsHttp,
    Effect.gen(function* () {
      const client = yield* HttpClient.HttpClient
      const budget = yield* RequestBudget
      const { apiUrl, clientId } = yield* BridgeConfig

      const exchange = (request: WithingsRequest): Effect.Effect<Wire, HttpError> => {
        const { action, path } = request
        const unreachable = (reason: string) => new Unreachable({ action, url: apiUrl, reason })
        return client.execute(form(`${apiUrl}${path}`, request)).pipe(
          Effect.flatMap((response) => bodyText(response, action)),
          Effect.mapError((error) => (error._tag === "Garbled" ? error : unreachable(reasonOf(error.cause)))),
          Effect.timeoutFail({
            duration: answersWithin,
            onTimeout: () => unreachable(`no answer within ${answersWithin}`),
          }),
          Effect.flatMap(({ status, text }) => open(action, status, text)),
        )
      }

      const once = (request: WithingsRequest): Effect.Effect<Wire, HttpError> =>
        Effect.zipRight(budget.spend(clientId, request.action), exchange(request)).pipe(
          Effect.catchTag("TooManyRequests", (refused): Effect.Effect<never, TooManyRequests | StoreError> =>
            refused.retryAt > 0
              ? Effect.fail(refused)
              : Effect.flatMap(budget.pause(clientId), (retryAt) =>
                  Effect.fail(new TooManyRequests({ action: request.action, retryAt })),
                ),
          ),
          Effect.onExit((exit) => Metric.increment(counted(request.action, exit))),
          Effect.withSpan("withings.request", { attributes: { action: request.action } }),
        )

      return WithingsHttp.of({
        send: (request, read) =>
          once(request).pipe(
            Effect.flatMap((body) => {
              const answer = read(body)
              const reason = "what was asked for is not in it"
              return answer === null
                ? new Garbled({ action: request.action, reason })
                : Effect.succeed(answer)
            }),
            Effect.retry({ schedule: retries, while: isRetryable }),
          ),
      })
    }),
  )

  static readonly layer: Layer.Layer<WithingsHttp, never, RequestBudget | BridgeConfig> = Layer.provide(
    this.layerClient,
    layerHttpClient,
  )
}

const counted = (action: string, exit: Exit.Exit<unknown, HttpError>) => {
  const outcome = exit._tag === "Success" ? "ok" : Option.getOrNull(Cause.failureOption(exit.cause))?._tag
  return Metric.tagged(Metric.tagged(requests, "action", action), "outcome", outcome ?? "interrupted")
}

const form = (url: string, { action, params, accessToken }: WithingsRequest) => {
  const fields = Object.entries(params).map(([name, value]): [string, string] => [name, String(value)])
  const request = HttpClientRequest.post(url).pipe(
    HttpClientRequest.setHeader("user-agent", userAgent),
    HttpClientRequest.bodyUrlParams([["action", action], ...fields]),
  )
  return accessToken === null ? request : HttpClientRequest.bearerToken(request, accessToken)
}

const bodyText = (response: HttpClientResponse.HttpClientResponse, action: string) =>
  Stream.mapAccumEffect(response.stream, { size: 0, shape: noBody }, (seen, chunk) => {
    const size = seen.size + chunk.length
    const shape = seeMore(seen.shape, chunk)
    const reason = size > largestBody ? `it is larger than ${largestBody} bytes` : misshapen(shape)
    return reason === null
      ? Effect.succeed([{ size, shape }, chunk] as const)
      : Effect.fail(new Garbled({ action, reason }))
  }).pipe(
    Stream.runCollect,
    Effect.map((chunks) => ({
      status: response.status,
      text: Buffer.concat(Chunk.toReadonlyArray(chunks)).toString("utf8"),
    })),
  )

/** Node reports a try over IPv6 and one over IPv4; the last one says what is wrong. */
const reasonOf = (cause: unknown): string => {
  if (cause instanceof AggregateError) return reasonOf(cause.errors.at(-1))
  return cause instanceof Error ? cause.message || cause.name : String(cause)
}

/** Opens the envelope. Withings' API answers HTTP 200 even for errors; without an envelope it was not the API. */
const open = (action: string, httpStatus: number, text: string): Effect.Effect<Wire, HttpError> => {
  const envelope = readEnvelope(parse(text))
  if (envelope === null) return Effect.fail(withoutEnvelope(action, httpStatus, text))
  const { status, body, error: detail } = envelope
  const family = statusFamily(status)
  // For subscribe and revoke the body is [] or left out.
  if (family === "ok") return Effect.succeed(body ?? {})
  return Effect.fail(
    family === "too-many-requests"
      ? new TooManyRequests({ action, retryAt: 0 })
      : new refusals[family]({ action, status, detail }),
  )
}

const refusals = {
  "authentication-failed": AuthenticationFailed,
  unauthorized: Unauthorized,
  "invalid-params": InvalidParams,
  "not-implemented": NotImplemented,
  error: WithingsFailed,
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const withoutEnvelope = (action: string, httpStatus: number, text: string): HttpError => {
  if (httpStatus === 429) return new TooManyRequests({ action, retryAt: 0 })
  const what = text.trimStart().startsWith("<")
    ? "it is a web page"
    : text === ""
      ? "it is empty"
      : "it is no whole JSON"
  return new Garbled({ action, reason: `${what} (HTTP ${httpStatus}, ${text.length} characters)` })
}
