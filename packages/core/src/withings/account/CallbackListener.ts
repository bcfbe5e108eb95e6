import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { HttpServer, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Context, Effect, type Exit, Layer } from "effect"
import { createServer } from "node:http"
import { requestLimits } from "../../http/boundedServer.ts"
import type { Text } from "../../measure/MeasureKind.ts"
import type { Person } from "../../measure/Person.ts"
import type { StoreError } from "../../store/StoreError.ts"
import { callbackPage, languageAsked } from "./callbackPage.ts"
import { SignIn, type SignInError } from "./SignIn.ts"
import { errorText } from "./signInSentences.ts"

/** Handles requests to the callback address. Withings tests the address by HEAD; GET finishes the sign-in. */
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
      Effect.succeed(page(400, didNotWork, { en: error.message, fr: errorText(error, "fr") })),
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

export interface CallbackAddress {
  readonly host: string
  readonly port: number
}

/** Listens for redirects from Withings until its scope ends. Returns the address it listens on. */
export const listenForCallback = (options: CallbackAddress) =>
  Effect.gen(function* () {
    const context = yield* Layer.build(NodeHttpServer.layerServer(() => createServer(requestLimits), options))
    yield* Effect.provide(HttpServer.serveEffect(answerCallback), context)
    return HttpServer.formatAddress(Context.get(context, HttpServer.HttpServer).address)
  })

const ownNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"])

/** Where to listen for a callback address; null: it does not lead to this machine, so people paste it. */
export const ownCallback = (callbackUrl: string): CallbackAddress | null => {
  const { hostname, port, protocol } = new URL(callbackUrl)
  return protocol === "http:" && ownNames.has(hostname)
    ? { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 80) }
    : null
}

/** Like `listenForCallback`; calls `ended` with the outcome of each sign-in and the address the browser landed on. */
export const watchCallback = (
  address: CallbackAddress,
  ended: (landedOn: string, exit: Exit.Exit<Person, SignInError | StoreError>) => Effect.Effect<unknown>,
) =>
  Effect.flatMap(SignIn, (signIn) => {
    const watched = SignIn.of({
      ...signIn,
      finish: (landedOn) => Effect.onExit(signIn.finish(landedOn), (exit) => ended(landedOn, exit)),
    })
    return Effect.provideService(listenForCallback(address), SignIn, watched)
  })
