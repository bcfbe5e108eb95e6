import type { Cloud } from "./cloud/Cloud.ts"
import type { Failure } from "./cloud/Faults.ts"
import { measureOne } from "./household/acts.ts"
import type { MeasureGroup } from "./history/MeasureGroup.ts"

/** What can be made to go wrong, by name. */
export interface Faults {
  /** The person's access tokens answer 401 from now on; refreshing works. */
  readonly expireToken: (person: string) => Promise<void>
  /** Refreshing answers 503 from now on; access tokens live out their time. */
  readonly rejectRefresh: (person: string) => Promise<void>
  /** The coming requests of an action ("getmeas", "sleep get", "/notify list", "*") fail in this way. */
  readonly failNext: (action: string, failure: Failure | number, times?: number) => Promise<void>
  /** Everything answers 601 for so many seconds. */
  readonly throttle: (seconds: number) => Promise<void>
  /** Every answer is held back so long; 0 ends it. */
  readonly slow: (milliseconds: number) => Promise<void>
  /** The next page that another follows comes empty, though `more` says that there is more. */
  readonly dropPage: (times?: number) => Promise<void>
  /** The next page after the first comes as the one before it, once more. */
  readonly duplicatePage: (times?: number) => Promise<void>
  readonly loseWebhook: (times?: number) => Promise<void>
  /** Webhooks come so late from now on; 0 ends it. */
  readonly delayWebhook: (seconds: number) => Promise<void>
  /** Every webhook comes twice from now on. */
  readonly duplicateWebhooks: (on?: boolean) => Promise<void>
  /** Webhooks of one act come in the wrong order from now on. */
  readonly reverseWebhooks: (on?: boolean) => Promise<void>
  /** The last webhook comes once more. */
  readonly replayWebhook: () => Promise<void>
  /** The person withdraws what they allowed: all tokens are dead, subscriptions are gone, nobody is told. */
  readonly revokeConsent: (person: string) => Promise<void>
  /** The cloud's clock jumps against the client's. */
  readonly clockSkew: (seconds: number) => Promise<void>
  /** A measure of a type in no list. */
  readonly unknownMeasureType: (person: string, type?: number, value?: number) => Promise<MeasureGroup>
  /** Ends every fault that goes on, and forgets those that were planned. */
  readonly clear: () => Promise<void>
}

export const makeFaults = (cloud: Cloud): Faults => {
  const { household, tokens, subscriptions, webhooks, faults, clients, clock } = cloud
  const useridOf = (name: string): number => household.personNamed(name).userid
  return {
    expireToken: async (name) => tokens.expireAccess(useridOf(name)),
    rejectRefresh: async (name) => tokens.expireRefresh(useridOf(name)),
    failNext: async (action, failure, times) =>
      faults.failNext(
        action,
        typeof failure === "number" ? { kind: "status", status: failure } : failure,
        times,
      ),
    throttle: async (seconds) => clients.throttle(seconds),
    slow: async (milliseconds) => {
      faults.slowBy = milliseconds
    },
    dropPage: async (times) => faults.plan("dropPage", times),
    duplicatePage: async (times) => faults.plan("duplicatePage", times),
    loseWebhook: async (times = 1) => {
      webhooks.faults = { ...webhooks.faults, lose: webhooks.faults.lose + times }
    },
    delayWebhook: async (seconds) => {
      webhooks.faults = { ...webhooks.faults, delaySeconds: seconds }
    },
    duplicateWebhooks: async (on = true) => {
      webhooks.faults = { ...webhooks.faults, duplicate: on }
    },
    reverseWebhooks: async (on = true) => {
      webhooks.faults = { ...webhooks.faults, reverse: on }
    },
    replayWebhook: async () => {
      await webhooks.replay()
    },
    revokeConsent: async (name) => {
      const userid = useridOf(name)
      tokens.revoke(userid)
      subscriptions.removeAll(userid)
    },
    clockSkew: async (seconds) => clock.advance(seconds),
    unknownMeasureType: async (name, type = 9999, value = 42) => {
      const done = measureOne(household, household.personNamed(name), { type, value })
      await webhooks.tell(done.notices)
      return done.result
    },
    clear: async () => {
      faults.clear()
      webhooks.clearFaults()
      clients.throttle(0)
    },
  }
}
