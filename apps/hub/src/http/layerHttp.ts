import type { Sharding } from "@effect/cluster"
import type { SqlClient } from "@effect/sql"
import { HttpApiBuilder, HttpServer } from "@effect/platform"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { RpcSerialization, RpcServer } from "@effect/rpc"
import { boundedBody, requestLimits } from "@withings-bridge/core"
import { HubRpcs } from "@withings-bridge/core/hub"
import { Effect, Layer } from "effect"
import { createServer } from "node:http"
import type { Wake } from "../cluster/dispatch.ts"
import type { HouseholdCores } from "../HouseholdCores.ts"
import type { Hub, HubConfig } from "../HubConfig.ts"
import { layerAdminApi } from "./adminHandlers.ts"
import { health, metrics, ready } from "./health.ts"
import { layerQuestions } from "./householdKey.ts"
import { fetchKey, join, joinPage } from "./join.ts"
import { refusals } from "./refusals.ts"
import { callback, webhook } from "./withingsRoutes.ts"

type RouteNeeds = HouseholdCores | Hub | Sharding.Sharding | SqlClient.SqlClient | Wake

const routes = HttpApiBuilder.Router.use((router) =>
  Effect.gen(function* () {
    const context = yield* Effect.context<RouteNeeds>()
    yield* router.all("/webhook/:secret", Effect.provide(webhook, context))
    yield* router.all("/callback", Effect.provide(callback, context))
    yield* router.get("/join/:token", Effect.provide(joinPage, context))
    yield* router.post("/join/:token", Effect.provide(join, context))
    yield* router.post("/join/:token/key", Effect.provide(fetchKey, context))
    yield* router.get("/health", health)
    yield* router.get("/ready", Effect.provide(ready, context))
    yield* router.get("/metrics", Effect.provide(metrics, context))
    yield* router.post("/rpc", yield* RpcServer.toHttpApp(HubRpcs))
  }),
).pipe(Layer.provide(layerQuestions), Layer.provide(RpcSerialization.layerNdjson))

/** The HTTP server for Withings, families, homes and the operator. */
export const layerHttp = ({ http, publicUrl }: HubConfig) =>
  HttpApiBuilder.serve(boundedBody).pipe(
    Layer.provide(refusals(publicUrl)),
    Layer.provide(HttpApiBuilder.middlewareOpenApi({ path: "/openapi.json" })),
    Layer.provide(routes),
    Layer.provide(layerAdminApi),
    HttpServer.withLogAddress,
    Layer.provide(
      NodeHttpServer.layer(() => createServer(requestLimits), { host: http.host, port: http.port }),
    ),
  )
