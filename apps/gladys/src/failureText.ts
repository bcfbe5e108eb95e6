import { HttpServerError } from "@effect/platform"
import { listenFailure } from "@withings-bridge/core"
import type { GladysConfig } from "./GladysConfig.ts"

const remedy =
  "choose another host or port: WITHINGS_GLADYS_HOST and WITHINGS_GLADYS_PORT, or `gladys:` in config.yaml"

/** Why the app stopped, in one sentence that says what to do. */
export const failureText = (error: unknown, config: Pick<GladysConfig, "host" | "port"> | null): string => {
  if (config !== null && error instanceof HttpServerError.ServeError)
    return listenFailure(error.cause, {
      what: "The Gladys bridge",
      host: config.host,
      port: config.port,
      remedy,
    })
  return error instanceof Error ? error.message : String(error)
}
