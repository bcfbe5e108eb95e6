import { HttpClient, HttpClientRequest } from "@effect/platform"
import { RpcClient, RpcClientError, type RpcMessage, RpcSerialization } from "@effect/rpc"
import { Context, Effect, Layer, type Schema } from "effect"
import type { HubAddress } from "../BridgeConfig.ts"
import { StoreError } from "../store/StoreError.ts"
import { layerHttpClient } from "../withings/client/httpClient.ts"
import { HubRpcs } from "./HubRpcs.ts"

const make = RpcClient.make(HubRpcs)

/** The hub's services for the household of the key. */
export class HubClient extends Context.Tag("@withings-bridge/core/hub/HubClient")<
  HubClient,
  Effect.Effect.Success<typeof make>
>() {
  static readonly layer = ({ key, url }: HubAddress): Layer.Layer<HubClient> =>
    Layer.scoped(HubClient, make).pipe(
      Layer.provide(
        Layer.effect(
          RpcClient.Protocol,
          Effect.flatMap(HttpClient.HttpClient, (client) =>
            Effect.map(RpcClient.makeProtocolHttp(asking(client, { key, url })), failsAtTheEnd),
          ),
        ),
      ),
      Layer.provide(RpcSerialization.layerNdjson),
      Layer.provide(layerHttpClient),
    )
}

const asking = (client: HttpClient.HttpClient, { key, url }: HubAddress) =>
  client.pipe(
    HttpClient.mapRequest(HttpClientRequest.prependUrl(`${url.replace(/\/+$/u, "")}/rpc`)),
    HttpClient.mapRequest(HttpClientRequest.bearerToken(key)),
    HttpClient.filterStatusOk,
  )

const broken = (message: string) => new RpcClientError.RpcClientError({ reason: "Protocol", message })

/**
 * A runner that shuts down interrupts its answers or closes the connection before them. The published client would
 * interrupt its caller or wait for ever; here both fail. A failure after the answer has no effect.
 */
const failsAtTheEnd = (protocol: RpcClient.Protocol["Type"]): RpcClient.Protocol["Type"] => ({
  ...protocol,
  run: (hear) => protocol.run((message) => (isInterruption(message) ? Effect.void : hear(message))),
  send: (request, transferables) =>
    protocol.send(request, transferables).pipe(
      Effect.catchAllDefect(() => broken("what answers there is not a hub.")),
      Effect.zipRight(
        request._tag === "Request" ? broken("it ended the connection before its answer.") : Effect.void,
      ),
    ),
})

type CauseEncoded = Schema.CauseEncoded<unknown, unknown>

const isInterruption = (message: RpcMessage.FromServerEncoded): boolean =>
  message._tag === "Exit" && message.exit._tag === "Failure" && isOnlyInterrupt(message.exit.cause)

const isOnlyInterrupt = (cause: CauseEncoded): boolean => {
  if ("left" in cause) return isOnlyInterrupt(cause.left) && isOnlyInterrupt(cause.right)
  return cause._tag === "Interrupt" || cause._tag === "Empty"
}

/** For a home, a failed request is a store that cannot be read. */
export const unanswered = (error: { readonly message: string }): StoreError =>
  new StoreError({ operation: "be read from the hub", cause: error.message })
