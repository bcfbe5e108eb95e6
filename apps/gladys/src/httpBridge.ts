import { HttpServer } from "@effect/platform"
import { reachableAddress } from "@withings-bridge/core"
import { Effect, Layer } from "effect"
import { BridgeHost, type CoreLayer, type Credentials } from "./BridgeHost.ts"
import type { GladysConfig } from "./GladysConfig.ts"
import { GladysNaming } from "./GladysHousehold.ts"
import { GladysState } from "./GladysState.ts"
import { newApiKey } from "./apiKeyFile.ts"
import { httpServer } from "./http/httpServer.ts"

interface HttpConfig extends Pick<GladysConfig, "host" | "port" | "language" | "newApiKey"> {
  /** Receives the address, once the bridge listens. */
  readonly say: (address: string) => Effect.Effect<void>
}

/** The HTTP bridge: listens until its scope ends, and says where. */
export const httpBridge = (config: HttpConfig, home: string, core: CoreLayer, credentials: Credentials) =>
  Layer.scopedDiscard(announce(config)).pipe(
    Layer.provideMerge(Layer.unwrapEffect(prepareKey(config, home))),
    Layer.provide(
      Layer.unwrapEffect(Effect.map(remembered(credentials), (all) => BridgeHost.layer(core, all))),
    ),
    Layer.provide(Layer.succeed(GladysNaming, { prefix: "withings", language: config.language })),
    Layer.provide(GladysState.layer(home)),
  )

/** Values from the settings page win over the configuration file. */
const remembered = (credentials: Credentials) =>
  Effect.gen(function* () {
    const { clientId, clientSecret, callbackUrl } = yield* (yield* GladysState).get
    return {
      ...credentials,
      clientId: clientId ?? credentials.clientId,
      clientSecret: clientSecret ?? credentials.clientSecret,
      callbackUrl: callbackUrl ?? credentials.callbackUrl,
    }
  })

const prepareKey = (config: HttpConfig, home: string) =>
  Effect.as(config.newApiKey ? newApiKey(home) : Effect.void, httpServer(config, home))

const announce = ({ host, say }: HttpConfig) =>
  Effect.gen(function* () {
    const { address } = yield* HttpServer.HttpServer
    if (address._tag === "TcpAddress") yield* say(reachableAddress(host, address.port))
  })
