import { type HttpApp, HttpRouter, HttpServer, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Effect, Layer } from "effect"
import { boundedBody, boundedServer } from "@withings-bridge/core"
import { Access } from "./Access.ts"
import type { ConsoleOptions } from "./ConsoleOptions.ts"
import { stateEvents } from "./events.ts"
import { callbackHearing } from "./hearCallback.ts"
import { LastSignIn } from "./LastSignIn.ts"
import { manageRoutes } from "./manageRoutes.ts"
import { pageFiles } from "./pageFiles.ts"
import { refusalOf } from "./refusal.ts"
import { guardedRoutes, openRoutes } from "./routes.ts"

/** Nothing is loaded from other origins, no site may frame the page, no referrer is sent, nothing is cached. */
const guards = {
  "content-security-policy":
    "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin-allow-popups",
  "cache-control": "no-store",
}

/** Headers that an answer sets itself win. */
const withGuards = <E, R>(app: HttpApp.Default<E, R>) =>
  Effect.map(app, (answer) => HttpServerResponse.setHeaders(answer, { ...guards, ...answer.headers }))

const router = (options: ConsoleOptions) =>
  Effect.gen(function* () {
    const files = pageFiles()
    const nowhere = HttpServerResponse.text("There is no such page.", { status: 404 })
    const shown = guardedRoutes({
      ...options,
      events: yield* stateEvents(options),
      hearCallback: yield* callbackHearing(options.home),
    })
    const guarded = HttpRouter.concat(shown, manageRoutes(options)).pipe(
      HttpRouter.use((route) =>
        Effect.gen(function* () {
          const access = yield* Access
          const refusal = yield* access.refusal(yield* HttpServerRequest.HttpServerRequest)
          return refusal ?? (yield* route)
        }),
      ),
    )
    const page = HttpRouter.get(
      HttpRouter.empty,
      "*",
      Effect.map(
        HttpServerRequest.HttpServerRequest,
        ({ url }) => files.get(url.replace(/[?#].*$/, "").slice(1) || "index.html") ?? nowhere,
      ),
    )
    return HttpRouter.concatAll(openRoutes, guarded, page).pipe(
      HttpRouter.catchAll((error) => {
        const refusal = refusalOf(error)
        return Effect.as(
          Effect.logInfo(`A request of the console's page was refused: ${refusal.message}`),
          HttpServerResponse.unsafeJson(refusal, { status: 400 }),
        )
      }),
    )
  })

/** The console, listening. */
export const layer = (options: ConsoleOptions) =>
  Layer.unwrapScoped(
    Effect.map(router(options), (routes) => HttpServer.serve(boundedBody(withGuards(routes)))),
  ).pipe(
    Layer.provide(LastSignIn.layer),
    Layer.provide(Access.layer(options)),
    Layer.provideMerge(NodeHttpServer.layer(boundedServer, { host: options.host, port: options.port })),
  )
