import { HttpRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import {
  answerCallback,
  BridgeConfig,
  EcgCurves,
  HouseholdFeed,
  LeftOut,
  readiness,
  saveConfigFile,
  SignIn,
  SyncStatus,
  DescriptorId,
} from "@withings-bridge/core"
import { Effect, Schema } from "effect"
import { Access } from "./Access.ts"
import { chartPoints } from "./chartPoints.ts"
import type { ConsoleOptions } from "./ConsoleOptions.ts"
import { consoleState } from "./consoleState.ts"
import { diagnosticsOf } from "./diagnostics.ts"
import type { StateEvents } from "./events.ts"
import { openMatterWindow, removeMatterController } from "./matterControl.ts"
import { AnyPerson, done, post } from "./post.ts"
import { refuse } from "./refuse.ts"

const AnyDescriptor = Schema.String.pipe(Schema.fromBrand(DescriptorId))

const WholeNumber = Schema.NumberFromString.pipe(Schema.int())

const ChartQuery = Schema.Struct({
  personId: AnyPerson,
  feature: Schema.String,
  from: WholeNumber,
  to: WholeNumber,
  points: WholeNumber.pipe(Schema.between(2, 5000)),
  by: Schema.optional(Schema.Literal("day")),
})

const EcgQuery = Schema.Struct({ personId: AnyPerson, at: WholeNumber })

const NewSettings = Schema.Struct({
  clientId: Schema.Trim,
  /** null: keep the one there is. */
  clientSecret: Schema.NullOr(Schema.Trim),
  callbackUrl: Schema.Trim,
  profiles: Schema.Array(Schema.Trim),
})

const noCurve = refuse(
  "Withings has no curve of this recording.",
  "Withings n’a pas la courbe de cet enregistrement.",
  "Withings hat keine Kurve dieser Aufzeichnung.",
)

const unknownDevice = refuse(
  "There is no such device any more.",
  "Cet appareil n’existe plus.",
  "Dieses Gerät gibt es nicht mehr.",
)

export interface Behind extends ConsoleOptions {
  readonly events: StateEvents
  /** Opens the callback listener for the duration of a sign-in. */
  readonly hearCallback: Effect.Effect<void>
}

/** The API behind the page. Every route here is behind {@link Access}. */
export const guardedRoutes = (console: Behind) =>
  HttpRouter.concatAll(
    reading(console),
    signingIn(console),
    household,
    matterPairing(console),
    ownSettings(console),
  )

/** What the page shows. */
const reading = (console: Behind) =>
  HttpRouter.empty.pipe(
    HttpRouter.get("/api/state", Effect.flatMap(consoleState(console), HttpServerResponse.json)),
    HttpRouter.get(
      "/api/events",
      HttpServerResponse.stream(console.events.stream, { contentType: "text/event-stream" }),
    ),
    HttpRouter.get(
      "/api/chart",
      Effect.gen(function* () {
        const points = yield* chartPoints(yield* HttpServerRequest.schemaSearchParams(ChartQuery))
        return yield* HttpServerResponse.json(points.map(({ at, value }) => [at, value]))
      }),
    ),
    HttpRouter.get(
      "/api/ecg",
      Effect.gen(function* () {
        const { at, personId } = yield* HttpServerRequest.schemaSearchParams(EcgQuery)
        const curve = yield* Effect.flatMap(EcgCurves, (curves) => curves.at(personId, at))
        return curve === null ? yield* noCurve : yield* HttpServerResponse.json(curve)
      }),
    ),
    HttpRouter.get(
      "/api/diagnostics",
      Effect.flatMap(consoleState(console), (state) =>
        HttpServerResponse.text(JSON.stringify(diagnosticsOf(state), null, 2), {
          contentType: "application/json",
          headers: { "content-disposition": 'attachment; filename="withings-bridge-diagnostics.json"' },
        }),
      ),
    ),
  )

/** Sign-in and sign-out at Withings. */
const signingIn = (console: Behind) =>
  HttpRouter.empty.pipe(
    post("/api/connect", Schema.Struct({ personName: Schema.Trim }), ({ personName }) =>
      Effect.gen(function* () {
        const signIn = yield* SignIn
        const { authorizeUrl } = yield* signIn.start(personName === "" ? {} : { personName })
        yield* Effect.zipRight(console.hearCallback, console.events.lookAgain)
        return { authorizeUrl }
      }),
    ),
    post("/api/connect/finish", Schema.Struct({ landedOn: Schema.Trim }), ({ landedOn }) =>
      SignIn.pipe(
        Effect.flatMap((signIn) => signIn.finish(landedOn)),
        Effect.map(({ name }) => ({ name })),
      ),
    ),
    post("/api/sign-out", Schema.Struct({ personId: AnyPerson }), ({ personId }) =>
      Effect.flatMap(SignIn, (signIn) => signIn.signOut(personId)),
    ),
  )

/** The sync, and which devices the homes show. */
const household = HttpRouter.empty.pipe(
  HttpRouter.post(
    "/api/sync",
    Effect.gen(function* () {
      const status = yield* SyncStatus
      yield* Effect.forEach(yield* status.progress, ({ feed, personId }) => status.request(personId, feed))
      return done
    }),
  ),
  post(
    "/api/leave-out",
    Schema.Struct({ id: AnyDescriptor, leftOut: Schema.Boolean }),
    ({ id, leftOut: wanted }) =>
      Effect.gen(function* () {
        const { descriptors, leftOut } = yield* Effect.flatMap(HouseholdFeed, (feed) => feed.current)
        if (![...descriptors, ...leftOut].some((device) => device.id === id)) return yield* unknownDevice
        const choice = yield* LeftOut
        return yield* wanted ? choice.leaveOut(id) : choice.add(id)
      }),
  ),
)

/** Controllers of the Matter bridge. */
const matterPairing = (console: Behind) =>
  HttpRouter.empty.pipe(
    HttpRouter.post(
      "/api/matter/window",
      Effect.as(Effect.zipLeft(openMatterWindow(console.home), console.events.lookAgain), done),
    ),
    post("/api/matter/remove", Schema.Struct({ index: Schema.Int }), ({ index }) =>
      Effect.zipRight(removeMatterController(console.home, index), console.events.lookAgain),
    ),
  )

/** The session of this browser, and the settings of the household. */
const ownSettings = (console: Behind) =>
  HttpRouter.empty.pipe(
    HttpRouter.post(
      "/api/session/end",
      Effect.gen(function* () {
        const { everywhere } = yield* HttpServerRequest.schemaBodyJson(
          Schema.Struct({ everywhere: Schema.Boolean }),
        )
        const access = yield* Access
        return yield* access.leave(yield* HttpServerRequest.HttpServerRequest, everywhere)
      }),
    ),
    post("/api/settings", NewSettings, ({ callbackUrl, clientId, clientSecret, profiles }) =>
      Effect.gen(function* () {
        const { home, restart } = console
        const secret = clientSecret === null ? {} : { client_secret: clientSecret }
        const settings = { client_id: clientId, callback_url: callbackUrl, profiles, ...secret }
        // Settings that cannot be read back must not be saved.
        yield* BridgeConfig.loadWith({ home, settings, settingsName: "what was entered" })
        yield* saveConfigFile(home, settings)
        yield* restart
      }),
    ),
  )

/** Routes without a session. */
export const openRoutes = HttpRouter.empty.pipe(
  HttpRouter.post(
    "/api/session",
    Effect.gen(function* () {
      const { password } = yield* HttpServerRequest.schemaBodyJson(Schema.Struct({ password: Schema.String }))
      const access = yield* Access
      return yield* access.enterByPassword(yield* HttpServerRequest.HttpServerRequest, password)
    }),
  ),
  HttpRouter.get(
    "/enter",
    Effect.gen(function* () {
      const { t: ticket } = yield* HttpServerRequest.schemaSearchParams(Schema.Struct({ t: Schema.String }))
      const access = yield* Access
      return yield* access.enterByTicket(yield* HttpServerRequest.HttpServerRequest, ticket)
    }),
  ),
  // For supervisors; neither answer contains anything about a person.
  HttpRouter.get("/health", HttpServerResponse.json({ status: "ok" })),
  HttpRouter.get(
    "/ready",
    Effect.flatMap(readiness, (reasons) =>
      HttpServerResponse.json(
        { ready: reasons.length === 0, reasons },
        { status: reasons.length === 0 ? 200 : 503 },
      ),
    ),
  ),
  HttpRouter.all("/callback", answerCallback),
)
