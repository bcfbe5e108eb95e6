import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import {
  FileSystem,
  HttpIncomingMessage,
  HttpServer,
  HttpServerRequest,
  HttpServerResponse,
} from "@effect/platform"
import { Duration, Effect, Fiber, Layer, Mailbox, Metric, Option, Stream } from "effect"
import { boundedServer } from "../http/boundedServer.ts"
import type { Notification } from "../withings/decode/toNotification.ts"
import { webhooks } from "../telemetry/metrics.ts"
import { actOn, readWebhook } from "./actOn.ts"
import { isWebhookPath } from "../withings/account/webhookUrl.ts"

/** The longest real form has about 120 bytes. */
const longestForm = FileSystem.Size(4096)
/** More than a household ever sends at once. A flood beyond it is dropped; polls find the measures. */
const waitingAtMost = 1000
/** Stop quickly: slow services are killed. */
const endsWithin = Duration.seconds(1)

/** Listens for Withings' webhooks. It answers before it acts, since Withings gives up on slow receivers. */
export const listen = (address: { readonly host: string; readonly port: number; readonly secret: string }) =>
  Effect.gen(function* () {
    const waiting = yield* Mailbox.make<Notification>({ capacity: waitingAtMost, strategy: "dropping" })
    const acting = yield* Effect.forkScoped(Stream.runForEach(Mailbox.toStream(waiting), actOn))
    // Withings has its answer and does not send these again.
    yield* Effect.addFinalizer(() =>
      Effect.zipRight(
        waiting.end,
        Fiber.await(acting).pipe(Effect.interruptible, Effect.timeoutOption(endsWithin)),
      ),
    )
    const server = HttpServer.serve(app(address.secret, waiting)).pipe(
      Layer.provide(NodeHttpServer.layer(boundedServer, { host: address.host, port: address.port })),
    )
    yield* Layer.build(server)
  })

const app = (secret: string, waiting: Mailbox.Mailbox<Notification>) =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    if (!isWebhookPath(request.url, secret)) return HttpServerResponse.empty({ status: 404 })
    // Withings tests an address by HEAD.
    if (request.method === "HEAD" || request.method === "GET")
      return HttpServerResponse.empty({ status: 200 })
    if (request.method !== "POST") return HttpServerResponse.empty({ status: 405 })
    const notification = yield* readWebhook(yield* request.text)
    if (notification !== null) yield* Effect.zipRight(Metric.increment(webhooks), waiting.offer(notification))
    return HttpServerResponse.empty({ status: 200 })
  }).pipe(
    HttpIncomingMessage.withMaxBodySize(Option.some(longestForm)),
    Effect.catchAll(() => HttpServerResponse.empty({ status: 413 })),
  )
