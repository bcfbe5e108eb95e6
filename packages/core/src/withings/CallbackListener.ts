import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { HttpServer, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Layer } from "effect"
import { createServer } from "node:http"
import { callbackPage } from "./callbackPage.ts"
import { SignIn } from "./SignIn.ts"

/**
 * The callback address, for whoever has a server already. HEAD answers 200, since Withings asks so before it accepts
 * the address; GET ends the sign-in.
 */
export const answerCallback = Effect.gen(function* () {
  const request = yield* HttpServerRequest.HttpServerRequest
  if (request.method === "HEAD") return HttpServerResponse.empty({ status: 200 })
  if (request.method !== "GET") return HttpServerResponse.empty({ status: 405 })
  if (!request.url.includes("state=")) return page(404, "Nothing here", "This address only ends a sign-in.")
  const signIn = yield* SignIn
  return yield* signIn.finish(request.url).pipe(
    Effect.map(({ name }) =>
      page(
        200,
        `Welcome, ${name}`,
        "You are signed in. This page can be closed; the first measures are on their way.",
      ),
    ),
    Effect.catchAll(({ message }) => Effect.succeed(page(400, "The sign-in did not work", message))),
  )
})

const page = (status: number, title: string, text: string) =>
  HttpServerResponse.html(callbackPage(title, text)).pipe(
    HttpServerResponse.setStatus(status),
    HttpServerResponse.setHeaders({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    }),
  )

/** Listens for people coming back from Withings. Answers the address it listens on; ends with its scope. */
export const listenForCallback = (options: { readonly host: string; readonly port: number }) =>
  Effect.gen(function* () {
    const context = yield* Layer.build(NodeHttpServer.layerServer(() => createServer(), options))
    return yield* Effect.gen(function* () {
      yield* HttpServer.serveEffect(answerCallback)
      const server = yield* HttpServer.HttpServer
      return HttpServer.formatAddress(server.address)
    }).pipe(Effect.provide(context))
  })
