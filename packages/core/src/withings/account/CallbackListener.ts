import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { HttpServer, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Layer } from "effect"
import { createServer } from "node:http"
import type { Text } from "../../measure/MeasureKind.ts"
import { callbackPage, languageAsked } from "./callbackPage.ts"
import { SignIn } from "./SignIn.ts"
import { frenchSentence } from "./signInSentences.ts"

/**
 * The callback address, for whoever has a server already. HEAD answers 200, since Withings asks so before it accepts
 * the address; GET ends the sign-in.
 */
export const answerCallback = Effect.gen(function* () {
  const request = yield* HttpServerRequest.HttpServerRequest
  if (request.method === "HEAD") return HttpServerResponse.empty({ status: 200 })
  if (request.method !== "GET") return HttpServerResponse.empty({ status: 405 })
  const page = pageIn(languageAsked(request.headers["accept-language"]))
  if (!request.url.includes("state=")) return page(404, nothing.title, nothing.text)
  const signIn = yield* SignIn
  return yield* signIn.finish(request.url).pipe(
    Effect.map(({ name }) => page(200, { en: `Welcome, ${name}`, fr: `Bienvenue, ${name}` }, signedIn)),
    Effect.catchAll((error) =>
      Effect.succeed(
        page(400, didNotWork, {
          en: error.message,
          fr: error._tag === "SignInError" ? frenchSentence(error) : error.message,
        }),
      ),
    ),
  )
})

const nothing = {
  title: { en: "Nothing here", fr: "Rien ici" },
  text: {
    en: "This address only ends a sign-in.",
    fr: "Cette adresse ne sert qu’à terminer une connexion.",
  },
}
const signedIn: Text = {
  en: "You are signed in. This page can be closed; the first measures are on their way.",
  fr: "Vous êtes connecté. Cette page peut être fermée ; les premières mesures arrivent.",
}
const didNotWork: Text = { en: "The sign-in did not work", fr: "La connexion n’a pas abouti" }

const pageIn = (language: keyof Text) => (status: number, title: Text, text: Text) =>
  HttpServerResponse.html(callbackPage(title, text, language)).pipe(
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
