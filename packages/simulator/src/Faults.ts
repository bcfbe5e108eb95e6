import type { Cloud } from "./cloud/Cloud.ts"
import type { Failure } from "./cloud/Faults.ts"
import { measureOne } from "./household/acts.ts"

/** What can be made to go wrong, by name. */
export type Faults = ReturnType<typeof makeFaults>

export const makeFaults = ({ clients, clock, faults, household, subscriptions, tokens, webhooks }: Cloud) => {
  const useridOf = (person: string): number => household.personNamed(person).userid
  return {
    /** The person's access tokens answer 401 from now on; refreshing works. */
    expireToken: async (person: string) => tokens.expireAccess(useridOf(person)),
    /** Refreshing answers 503 from now on; access tokens live out their time. */
    rejectRefresh: async (person: string) => tokens.expireRefresh(useridOf(person)),
    /** The next requests of an action ("getmeas", "sleep get", "/notify list", "*") fail in this way; a number is a status. */
    failNext: async (action: string, failure: Failure | number, times?: number) =>
      faults.failNext(
        action,
        typeof failure === "number" ? { kind: "status", status: failure } : failure,
        times,
      ),
    /** Everything answers 601 for so many seconds. */
    throttle: async (seconds: number) => clients.throttle(seconds),
    /** Every answer is held back this long; 0 ends it. */
    slow: async (milliseconds: number) => {
      faults.slowBy = milliseconds
    },
    /** The next page with another one after it comes empty, though `more` says that there is more. */
    dropPage: async (times?: number) => faults.plan("dropPage", times),
    /** Instead of the next page after the first, the one before it comes again. */
    duplicatePage: async (times?: number) => faults.plan("duplicatePage", times),
    loseWebhook: async (times = 1) => {
      webhooks.faults.lose += times
    },
    /** Webhooks are late by so much from now on; 0 ends it. */
    delayWebhook: async (seconds: number) => {
      webhooks.faults.delaySeconds = seconds
    },
    /** Every webhook comes twice from now on. */
    duplicateWebhooks: async (on = true) => {
      webhooks.faults.duplicate = on
    },
    /** Webhooks of one act come in reverse order from now on. */
    reverseWebhooks: async (on = true) => {
      webhooks.faults.reverse = on
    },
    /** The last webhook comes once more. */
    replayWebhook: () => webhooks.replay(),
    /** The person withdraws their consent: tokens and subscriptions end, and the application is not told. */
    revokeConsent: async (person: string) => {
      const userid = useridOf(person)
      tokens.revoke(userid)
      subscriptions.removeAll(userid)
    },
    /** The cloud's clock jumps, the client's does not. */
    clockSkew: async (seconds: number) => clock.advance(seconds),
    /** A measure of a type in no list. */
    unknownMeasureType: async (person: string, type = 9999, value = 42) => {
      const { notices, result } = measureOne(household, household.personNamed(person), { type, value })
      await webhooks.tell(notices)
      return result
    },
    /** Ends every fault, and drops those that were planned. */
    clear: async () => {
      faults.clear()
      webhooks.clearFaults()
      clients.throttle(0)
    },
  }
}
