import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import {
  FileSystem,
  HttpIncomingMessage,
  HttpServer,
  HttpServerRequest,
  HttpServerResponse,
} from "@effect/platform"
import { Duration, Effect, Fiber, Layer, Mailbox, Metric, Option, Stream } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import { BoundedServer } from "../http/boundedServer.ts"
import { toNotification, type Notification } from "../withings/decode/toNotification.ts"
import { webhooks } from "../telemetry/metrics.ts"
import { actOn } from "./actOn.ts"
import { isWebhookPath } from "../withings/account/webhookUrl.ts"

/** The longest real form has about 120 bytes. */
const longestForm = FileSystem.Size(4096)
/** More than a household ever makes at once: a flood beyond it is dropped, the polls bring what it told. */
const waitingAtMost = 1000
/** A service that stops slowly is killed. */
const endsWithin = Duration.seconds(1)

/**
 * Listens for Withings' webhooks on a port of its own. It answers before any work: Withings gives up on a receiver
 * that is slow, and whoever does not know the secret learns nothing.
 */
export const listen = (address: { readonly host: string; readonly port: number; readonly secret: string }) =>
  Effect.gen(function* () {
    const waiting = yield* Mailbox.make<Notification>({ capacity: waitingAtMost, strategy: "dropping" })
    const acting = yield* Effect.forkScoped(Stream.runForEach(Mailbox.toStream(waiting), actOn))
    // Withings was told that all of it was heard, and does not repeat it.
    yield* Effect.addFinalizer(() =>
      Effect.zipRight(
        waiting.end,
        Fiber.await(acting).pipe(Effect.interruptible, Effect.timeoutOption(endsWithin)),
      ),
    )
    const server = HttpServer.serve(app(address.secret, waiting)).pipe(
      Layer.provide(
        NodeHttpServer.layer(() => new BoundedServer(), { host: address.host, port: address.port }),
      ),
    )
    yield* Layer.build(server)
  })

const app = (secret: string, waiting: Mailbox.Mailbox<Notification>) =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    if (!isWebhookPath(request.url, secret)) return HttpServerResponse.empty({ status: 404 })
    // HEAD is how Withings tries an address before it takes it.
    if (request.method === "HEAD" || request.method === "GET")
      return HttpServerResponse.empty({ status: 200 })
    if (request.method !== "POST") return HttpServerResponse.empty({ status: 405 })
    const form = Object.fromEntries(new URLSearchParams(yield* request.text))
    const now = yield* epochSeconds
    const notification = toNotification(form, now)
    if (notification !== null) yield* Effect.zipRight(Metric.increment(webhooks), waiting.offer(notification))
    return HttpServerResponse.empty({ status: 200 })
  }).pipe(
    HttpIncomingMessage.withMaxBodySize(Option.some(longestForm)),
    Effect.catchAll(() => HttpServerResponse.empty({ status: 413 })),
  )
