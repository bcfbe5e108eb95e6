import { FileSystem, HttpIncomingMessage, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { answerCallback } from "@withings-bridge/core"
import { hearWebhook } from "@withings-bridge/core/hub"
import { Effect, Option } from "effect"
import { count } from "../counters.ts"
import { Wake } from "../cluster/dispatch.ts"
import { HouseholdCores, webhookOf } from "../HouseholdCores.ts"
import { Hub } from "../HubConfig.ts"
import { householdSigningIn, personOfUser } from "../store/householdAccess.ts"

/** The longest real form has about 120 bytes. */
const longestForm = Option.some(FileSystem.Size(4096))

/** Stores a webhook, then answers. Any failure is a 503, so that Withings sends it again. */
export const webhook = Effect.gen(function* () {
  const request = yield* HttpServerRequest.HttpServerRequest
  const hub = yield* Hub
  const path = request.url.split("?")[0] ?? ""
  const application = hub.applications.find((one) => path.endsWith(`/${webhookOf(hub, one).secret}`))
  if (application === undefined) return HttpServerResponse.empty({ status: 404 })
  // Withings tries an address with HEAD before it accepts it.
  if (request.method !== "POST") return HttpServerResponse.empty({ status: 200 })
  const form = yield* request.text
  const user = new URLSearchParams(form).get("userid") ?? ""
  const person = yield* personOfUser(application.clientId, user)
  // The person was removed: Withings need not send it again.
  if (person === null) return HttpServerResponse.empty({ status: 200 })
  // Even when the caller gives up: Withings waits for two seconds, and repeats some webhooks only an hour later.
  yield* Effect.uninterruptible((yield* HouseholdCores).of(person.household)(hearWebhook(form)))
  yield* count("webhooks")
  yield* Effect.forkDaemon((yield* Wake)(person))
  return HttpServerResponse.empty({ status: 200 })
}).pipe(
  HttpIncomingMessage.withMaxBodySize(longestForm),
  Effect.catchAllCause((cause) =>
    Effect.gen(function* () {
      yield* count("failed_webhooks")
      yield* Effect.logWarning("A webhook could not be kept; Withings will send it again", cause)
      return HttpServerResponse.empty({ status: 503 })
    }),
  ),
)

/** As core makes them. PostgreSQL refuses text with a NUL. */
const isState = /^[\w-]+$/

/** The callback of Withings for all households. */
export const callback = Effect.gen(function* () {
  const request = yield* HttpServerRequest.HttpServerRequest
  if (request.method === "HEAD") return HttpServerResponse.empty({ status: 200 })
  const state = new URLSearchParams(request.url.split("?")[1] ?? "").get("state") ?? ""
  const household = isState.test(state) ? yield* householdSigningIn(state) : null
  if (household === null)
    return HttpServerResponse.text(
      "This sign-in was not started here, or has expired. Open the invitation again.",
      { status: 404 },
    )
  yield* count("sign_ins")
  const answer = Effect.provideService(answerCallback, HttpServerRequest.HttpServerRequest, request)
  return yield* (yield* HouseholdCores).of(household)(answer)
}).pipe(Effect.catchAll(({ message }) => Effect.succeed(HttpServerResponse.text(message, { status: 503 }))))
