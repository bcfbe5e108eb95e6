import { Effect } from "effect"
import type { PersonId } from "../measure/Person.ts"
import { RequestPriority } from "../withings/client/RequestBudget.ts"
import { onlyByWebhook, wantedApplis } from "../withings/decode/toNotification.ts"
import type { Subscription } from "../withings/client/Feed.ts"
import { WithingsApi } from "../withings/client/WithingsApi.ts"
import { isRefused, refusesAddress } from "../withings/client/WithingsError.ts"
import { isWebhookPath } from "../withings/account/webhookUrl.ts"

/** What is missing, and what of ours points to an address of before. Subscriptions of others are not ours to touch. */
export const reconcile = (
  known: ReadonlyArray<Subscription>,
  callbackUrl: string,
  secret: string,
): { readonly add: ReadonlyArray<Subscription>; readonly remove: ReadonlyArray<Subscription> } => ({
  add: wantedApplis
    .filter((appli) => !known.some((one) => one.appli === appli && one.callbackUrl === callbackUrl))
    .map((appli) => ({ appli, callbackUrl })),
  remove: known.filter((one) => one.callbackUrl !== callbackUrl && isWebhookPath(one.callbackUrl, secret)),
})

/**
 * Brings a person's subscriptions to what they should be, and answers which kinds stand then. What the person's scopes
 * do not allow is left out.
 */
export const subscribe = (personId: PersonId, callbackUrl: string, secret: string) =>
  Effect.gen(function* () {
    const api = yield* WithingsApi
    const known = yield* Effect.provideService(api.subscriptions(personId), RequestPriority, "poll")
    const { add, remove } = reconcile(known, callbackUrl, secret)
    const refused: Array<number> = []
    for (const subscription of add) {
      yield* api.subscribe(personId, subscription).pipe(
        // At a sign-in, today's values go before the promptness of tomorrow's.
        Effect.provideService(
          RequestPriority,
          onlyByWebhook.includes(subscription.appli) ? "poll" : "history",
        ),
        Effect.catchIf(
          (error) => isRefused(error) && !refusesAddress(error),
          (error) => {
            refused.push(subscription.appli)
            return Effect.logInfo(`No webhooks of kind ${subscription.appli}: ${error.message}`)
          },
        ),
      )
    }
    for (const subscription of remove) yield* api.unsubscribe(personId, subscription)
    const applis = wantedApplis.filter((appli) => !refused.includes(appli))
    return { applis, isNew: add.length > refused.length }
  })
