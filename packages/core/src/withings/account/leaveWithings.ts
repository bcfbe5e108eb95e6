import { Effect } from "effect"
import { BridgeConfig } from "../../BridgeConfig.ts"
import type { Person } from "../../measure/Person.ts"
import { isWebhookPath, webhookSecret } from "./webhookUrl.ts"
import { WithingsApi } from "../client/WithingsApi.ts"
import { WithingsOAuth } from "./WithingsOAuth.ts"

/** Someone has pressed a button and waits. */
const patience = "5 seconds"

/**
 * Ends a person's webhooks while their tokens still work. Only those with our secret: another bridge may use the same
 * host.
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
    // Withdrawing the permission ends them too.
    Effect.catchAll((error) => Effect.logDebug("Webhooks were not ended", error)),
  )

/** Withdraws the person's permission for this application, which ends its tokens and webhooks at Withings. */
export const takeBackPermission = ({ name, withingsUserId }: Person) =>
  Effect.flatMap(WithingsOAuth, (oauth) => oauth.revoke(withingsUserId)).pipe(
    Effect.timeout(patience),
    Effect.catchAll((error) =>
      Effect.logWarning(
        `${name} is signed out here, but the permission could not be withdrawn at Withings (${error._tag}). ` +
          "It can be withdrawn in the Withings app, under connected apps.",
      ),
    ),
  )
