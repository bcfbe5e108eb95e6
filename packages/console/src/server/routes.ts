import { HttpRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { History, saveConfigFile, SignIn, SyncStatus } from "@withings-bridge/core"
import { Effect, Option, Schema, type Stream } from "effect"
import { Access, sessionCookie } from "./Access.ts"
import { consoleState } from "./consoleState.ts"
import { diagnosticsOf } from "./diagnostics.ts"
import { landingPage } from "./landingPage.ts"

const ChartQuery = Schema.Struct({
  person: Schema.String,
  kind: Schema.String,
  from: Schema.NumberFromString.pipe(Schema.int()),
  to: Schema.NumberFromString.pipe(Schema.int()),
  points: Schema.NumberFromString.pipe(Schema.int(), Schema.between(2, 5000)),
})

const NewSettings = Schema.Struct({
  clientId: Schema.Trim,
  clientSecret: Schema.NullOr(Schema.Trim),
  callbackUrl: Schema.Trim,
  profiles: Schema.Array(Schema.Trim),
})

const said = <A, I>(schema: Schema.Schema<A, I>) => HttpServerRequest.schemaBodyJson(schema)
const done = HttpServerResponse.unsafeJson({})

/** The API behind the page. Every route but the session's and the callback is behind {@link Access}. */
export const guardedRoutes = (home: string, events: Stream.Stream<Uint8Array>) =>
  HttpRouter.empty.pipe(
    HttpRouter.get("/api/state", Effect.flatMap(consoleState(home), HttpServerResponse.json)),
    HttpRouter.get(
      "/api/events",
      HttpServerResponse.stream(events, {
        contentType: "text/event-stream",
        headers: { "cache-control": "no-store" },
      }),
    ),
    HttpRouter.get(
      "/api/chart",
      Effect.gen(function* () {
        const query = yield* HttpServerRequest.schemaSearchParams(ChartQuery)
        const history = yield* History
        const points = yield* history.reduced({
          personId: query.person,
          feature: query.kind,
          from: query.from,
          to: query.to,
          points: query.points,
        })
        return yield* HttpServerResponse.json(points.map(({ at, value }) => [at, value]))
      }),
    ),
    HttpRouter.get(
      "/api/diagnostics",
      Effect.flatMap(consoleState(home), (state) =>
        HttpServerResponse.json(diagnosticsOf(state), {
          headers: { "content-disposition": 'attachment; filename="withings-bridge-diagnostics.json"' },
        }),
      ),
    ),
    HttpRouter.post(
      "/api/connect",
      Effect.gen(function* () {
        const { personName } = yield* said(Schema.Struct({ personName: Schema.Trim }))
        const signIn = yield* SignIn
        const { authorizeUrl } = yield* signIn.start(personName === "" ? {} : { personName })
        return yield* HttpServerResponse.json({ authorizeUrl })
      }),
    ),
    HttpRouter.post(
      "/api/connect/finish",
      Effect.gen(function* () {
        const { landedOn } = yield* said(Schema.Struct({ landedOn: Schema.Trim }))
        const person = yield* Effect.flatMap(SignIn, (signIn) => signIn.finish(landedOn))
        return yield* HttpServerResponse.json({ name: person.name })
      }),
    ),
    HttpRouter.post(
      "/api/sign-out",
      Effect.gen(function* () {
        const { personId } = yield* said(Schema.Struct({ personId: Schema.String }))
        yield* Effect.flatMap(SignIn, (signIn) => signIn.signOut(personId))
        return done
      }),
    ),
    HttpRouter.post(
      "/api/sync",
      Effect.gen(function* () {
        const { household } = yield* consoleState(home)
        const sync = yield* SyncStatus
        yield* Effect.forEach(household.persons, ({ id }) => sync.requestAll(id))
        return done
      }),
    ),
    HttpRouter.post(
      "/api/settings",
      Effect.gen(function* () {
        const { clientId, clientSecret, callbackUrl, profiles } = yield* said(NewSettings)
        yield* saveConfigFile(home, {
          client_id: clientId,
          callback_url: callbackUrl,
          profiles,
          ...(clientSecret === null ? {} : { client_secret: clientSecret }),
        })
        return done
      }),
    ),
  )

export const openRoutes = HttpRouter.empty.pipe(
  HttpRouter.post(
    "/api/session",
    Effect.gen(function* () {
      const { password } = yield* said(Schema.Struct({ password: Schema.String }))
      const request = yield* HttpServerRequest.HttpServerRequest
      const access = yield* Access
      const session = yield* access.enter(
        password,
        Option.getOrElse(request.remoteAddress, () => "unknown"),
      )
      if (session === null)
        return HttpServerResponse.unsafeJson({ message: "That is not the password." }, { status: 401 })
      return yield* HttpServerResponse.setCookie(done, sessionCookie, session, {
        httpOnly: true,
        sameSite: "strict",
        path: "/",
      })
    }),
  ),
  HttpRouter.get(
    "/callback",
    Effect.gen(function* () {
      const request = yield* HttpServerRequest.HttpServerRequest
      const signIn = yield* SignIn
      return yield* signIn.finish(request.url).pipe(
        Effect.match({
          onSuccess: ({ name }) => landingPage(`${name} is signed in.`, "You can close this tab."),
          onFailure: ({ message }) => landingPage("Not signed in.", message),
        }),
      )
    }),
  ),
)
