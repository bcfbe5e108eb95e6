import { Effect } from "effect"
import { BridgeConfig } from "../../BridgeConfig.ts"
import type { Person } from "../../measure/Person.ts"
import { isWebhookPath, webhookSecret } from "./webhookUrl.ts"
import { WithingsApi } from "../client/WithingsApi.ts"
import { WithingsOAuth } from "./WithingsOAuth.ts"

/** Someone looks at a button that they pressed, and a network that is down is not waited for. */
const patience = "5 seconds"

/**
 * Ends our own webhooks about a person, as long as their tokens are there to do it. Ours are those with our secret:
 * another bridge may have its receiver behind the same host.
 */
export const endWebhooks = ({ id }: Person) =>
  Effect.gen(function* () {
    const { home, relayedWebhook, webhook } = yield* BridgeConfig
    const endings = [
      ...(webhook === null ? [] : [yield* webhookSecret(home)]),
      ...(relayedWebhook ? [relayedWebhook.ending] : []),
    ]
    if (endings.length === 0) return
    const api = yield* WithingsApi
    const known = yield* api.subscriptions(id)
    const own = known.filter(({ callbackUrl }) =>
      endings.some((ending) => isWebhookPath(callbackUrl, ending)),
    )
    yield* Effect.forEach(own, (one) => api.unsubscribe(id, one), { concurrency: 4 })
  }).pipe(
    Effect.timeout(patience),
    // Taking back the permission ends them too.
    Effect.catchAll((error) => Effect.logDebug("Webhooks were not ended", error)),
  )

/** Takes back what the person allowed this application, which ends its tokens and webhooks at Withings. */
export const takeBackPermission = ({ name, withingsUserId }: Person) =>
  Effect.flatMap(WithingsOAuth, (oauth) => oauth.revoke(withingsUserId)).pipe(
    Effect.timeout(patience),
    Effect.catchAll((error) =>
      Effect.logWarning(
        `${name} is signed out here, but Withings could not be told (${error._tag}). ` +
          "The permission can be withdrawn in the Withings app, under connected apps.",
      ),
    ),
  )
