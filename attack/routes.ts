import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Door } from "./Target.ts"

export const consoleRoutes = {
  alive: "/api/state",
  bodies: ["/api/session", "/api/settings", "/api/connect", "/api/leave-out"],
  guarded: [
    "/api/state",
    "/api/events",
    "/api/diagnostics",
    "/api/chart?personId=a&feature=b&from=1&to=2&points=9",
  ],
}

/** What the console's own page sends along. */
export const fromConsole = { "x-withings-bridge": "console", "content-type": "application/json" }

/** The door of the console. */
export const passwordOf = (secret: string, headers: Readonly<Record<string, string>>): Door => ({
  secret,
  ask: (password) => ({
    method: "POST",
    path: "/api/session",
    headers: { ...fromConsole, ...headers },
    body: JSON.stringify({ password }),
  }),
})

export const gladysRoutes = {
  alive: "/api/v1/device",
  bodies: [
    "/api/v1/device",
    "/api/v1/service/withings/oauth2/client/access-token",
    "/api/v1/service/withings/variable/OAUTH2_CLIENT_ID",
  ],
  guarded: [
    "/api/v1/device",
    "/api/v1/live",
    "/api/v1/live/socket",
    "/api/v1/export",
    "/api/v1/service/withings/oauth2/client",
  ],
}

/** The key of the Gladys bridge in a home folder. */
export const withKey = (folder: string) => ({
  authorization: `Bearer ${readFileSync(join(folder, "gladys", "api-key"), "utf8").trim()}`,
})

export const hubRoutes = {
  alive: "/health",
  bodies: ["/rpc", "/api/households", "/join/made-up", "/webhook/made-up"],
  guarded: ["/api/households"],
}
