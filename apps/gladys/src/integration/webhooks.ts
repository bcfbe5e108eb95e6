import { RelayedWebhooks } from "@withings-bridge/core"
import { Effect, Ref, Schema } from "effect"
import { askCore } from "../askCore.ts"
import { BridgeHost } from "../BridgeHost.ts"
import { HostApi } from "./HostApi.ts"

/** As the manifest declares it. */
export const webhookKey = "withings"

/**
 * Where Gladys Plus receives Withings' webhooks for this integration; null without Gladys Plus. The address contains the
 * user's key; its ending stays the same when the key changes.
 */
export const relayedWebhook = Effect.flatMap(HostApi, (host) => host.webhooks).pipe(
  Effect.map((all) => {
    const url = all.find(({ key }) => key === webhookKey)?.url
    if (url === undefined || !URL.canParse(url)) return null
    return { callbackUrl: url, ending: new URL(url).pathname.split("/").slice(-2).join("/") }
  }),
  // This Gladys has no webhooks yet.
  Effect.catchTag("HostRefused", () => Effect.succeed(null)),
)

/** A webhook as Gladys Plus forwards it. */
export const Received = Schema.Struct({ webhook_key: Schema.String, body: Schema.NullOr(Schema.String) })

/** The longest real form has about 120 bytes. */
const longestForm = 4096

export const receive = ({ body, webhook_key }: typeof Received.Type) =>
  webhook_key !== webhookKey || body === null || body.length > longestForm
    ? Effect.void
    : askCore(RelayedWebhooks, (webhooks) => webhooks.receive(body))

/** "off": there is no Gladys Plus. */
export type WebhookStanding = "off" | "unknown" | "subscribed" | "refused"

export const webhookStanding = Effect.gen(function* () {
  const host = yield* BridgeHost
  if (((yield* host.credentials).relayedWebhook ?? null) === null) return "off" as const
  return yield* askCore(RelayedWebhooks, ({ standing }) => Ref.get(standing))
})
