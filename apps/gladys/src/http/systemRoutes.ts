import { HttpApiBuilder, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { docsPage } from "./docsPage.ts"
import { GladysApi } from "./GladysApi.ts"
import { settingsPath } from "./serviceRoutes.ts"
import { settingsPage } from "./settingsPage.ts"

export const systemRoutes = HttpApiBuilder.group(GladysApi, "system", (handlers) =>
  handlers
    .handle("health", () => Effect.succeed({ status: "ok" } as const))
    .handleRaw("root", () => Effect.succeed(HttpServerResponse.redirect(settingsPath)))
    .handleRaw("settings", () => Effect.succeed(page(settingsPage)))
    .handleRaw("docs", () => Effect.sync(() => page(docsPage()))),
)

const page = (html: string) =>
  HttpServerResponse.html(html).pipe(
    HttpServerResponse.setHeaders({
      "content-security-policy":
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'",
      "cache-control": "no-store",
      "referrer-policy": "same-origin",
    }),
  )
