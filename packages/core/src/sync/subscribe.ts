import { Effect } from "effect"
import type { PersonId } from "../measure/Person.ts"
import { RequestPriority } from "../withings/client/RequestBudget.ts"
import { onlyByWebhook, wantedApplis } from "../withings/decode/toNotification.ts"
import type { Subscription } from "../withings/client/Feed.ts"
import { WithingsApi } from "../withings/client/WithingsApi.ts"
import { isRefused, refusesAddress } from "../withings/client/WithingsError.ts"
import { isWebhookPath } from "../withings/account/webhookUrl.ts"

/** The missing subscriptions, and ours with an earlier address. Others' subscriptions stay. */
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

/** Adds and removes a person's subscriptions as needed. Returns which kinds stand; refused ones are left out. */
export const subscribe = (personId: PersonId, callbackUrl: string, secret: string) =>
  Effect.gen(function* () {
    const api = yield* WithingsApi
    const known = yield* Effect.provideService(api.subscriptions(personId), RequestPriority, "poll")
    const { add, remove } = reconcile(known, callbackUrl, secret)
    const refused: Array<number> = []
    for (const subscription of add) {
      yield* api.subscribe(personId, subscription).pipe(
        // After a sign-in, today's values come before the webhooks of later ones.
        Effect.provideService(
          RequestPriority,
          onlyByWebhook.includes(subscription.appli) ? "poll" : "history",
        ),
        Effect.catchIf(
          (error) => isRefused(error) && !refusesAddress(error),
          (error) => {
            refused.push(subscription.appli)
            return Effect.logInfo(`No webhooks of appli ${subscription.appli}: ${error.message}`)
          },
        ),
      )
    }
    for (const subscription of remove) yield* api.unsubscribe(personId, subscription)
    const applis = wantedApplis.filter((appli) => !refused.includes(appli))
    return { applis, isNew: add.length > refused.length }
  })
