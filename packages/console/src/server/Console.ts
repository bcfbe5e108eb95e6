import {
  HttpMiddleware,
  HttpRouter,
  HttpServer,
  HttpServerRequest,
  HttpServerResponse,
} from "@effect/platform"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Effect, Layer, Stream } from "effect"
import { createServer } from "node:http"
import { Access } from "./Access.ts"
import { stateEvents } from "./events.ts"
import { pageFiles } from "./pageFiles.ts"
import { guardedRoutes, openRoutes } from "./routes.ts"

export interface ConsoleOptions {
  readonly home: string
  readonly host: string
  readonly port: number
}

export const isLoopback = (host: string): boolean => /^(localhost|::1|127\.\d+\.\d+\.\d+)$/.test(host)

/** What a user can mend is told in the answer; what the core says already is a sentence for users. */
const asSentence = (error: { readonly _tag: string; readonly message?: string }) =>
  HttpServerResponse.unsafeJson(
    {
      message:
        error._tag === "ParseError" ? "The request was not understood." : (error.message ?? "It failed."),
    },
    { status: 400 },
  )

const app = (home: string) =>
  Effect.gen(function* () {
    const files = pageFiles()
    const events = Stream.encodeText(yield* stateEvents(home)).pipe(Stream.catchAll(() => Stream.empty))
    const guarded = guardedRoutes(home, events).pipe(
      HttpRouter.use((route) =>
        Effect.gen(function* () {
          const request = yield* HttpServerRequest.HttpServerRequest
          const access = yield* Access
          return access.refusal(request) ?? (yield* route)
        }),
      ),
    )
    return HttpRouter.concat(openRoutes, guarded).pipe(
      HttpRouter.catchTags({ RouteNotFound: ({ request }) => Effect.succeed(file(files, request.url)) }),
      HttpRouter.catchAll((error) => Effect.succeed(asSentence(error))),
    )
  })

const file = (files: ReturnType<typeof pageFiles>, url: string) =>
  files.get(url.replace(/[?#].*$/, "").replace(/^\//, "") || "index.html") ??
  HttpServerResponse.text("There is no such page.", { status: 404 })

/** The console, listening. Loopback needs no password; anywhere else does. */
export const layer = ({ home, host, port }: ConsoleOptions) =>
  Layer.unwrapScoped(
    Effect.map(app(home), (router) =>
      HttpServer.serve(
        router,
        HttpMiddleware.make((served) => served),
      ),
    ),
  ).pipe(
    Layer.provide(isLoopback(host) ? Access.layerLoopback : Access.layerPassword(home)),
    Layer.provideMerge(NodeHttpServer.layer(() => createServer({ requestTimeout: 15_000 }), { host, port })),
  )
