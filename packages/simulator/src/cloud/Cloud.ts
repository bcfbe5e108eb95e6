import { Clock } from "../household/Clock.ts"
import { Household } from "../household/Household.ts"
import type { SimulatorOptions } from "../SimulatorOptions.ts"
import { Clients } from "./Clients.ts"
import { PlannedFaults } from "./Faults.ts"
import { RequestLog } from "./RequestLog.ts"
import { Subscriptions } from "./Subscriptions.ts"
import { Tokens } from "./Tokens.ts"
import { Webhooks } from "./Webhooks.ts"

/** Epoch milliseconds. */
const momentOf = (time: string): number => {
  const at = Date.parse(time)
  if (Number.isNaN(at)) {
    throw new Error(`The household's time has to be one like 2026-03-01T07:30:00Z, not "${time}".`)
  }
  return at
}

/** All state of the cloud, shared by its servers. */
export type Cloud = ReturnType<typeof makeCloud>

export const makeCloud = (options: SimulatorOptions) => {
  const clock = new Clock({
    now: options.now ?? Date.now,
    speed: options.speed ?? 1,
    startsAt: options.time === undefined ? null : momentOf(options.time),
  })
  const now = (): number => clock.now()
  const { clientId = "demo-client", clientSecret = "demo-secret" } = options
  const secrets = { ...options.otherClients, [clientId]: clientSecret }
  const subscriptions = new Subscriptions()
  return {
    clientId,
    clientSecret,
    clock,
    household: new Household({
      seed: options.seed ?? "withings",
      years: options.years ?? 3,
      persons: options.persons ?? 2,
      recorded: options.recorded ?? null,
      clock,
    }),
    clients: new Clients(secrets, options.requestsPerMinute ?? 120, now),
    tokens: new Tokens(now),
    subscriptions,
    webhooks: new Webhooks(subscriptions, clock, options.cancellation),
    faults: new PlannedFaults(),
    log: new RequestLog(),
    /** Addresses that sign-ins may come back to, separated by commas; null: any. */
    callbackUrl: options.callbackUrl ?? null,
    strictCallbacks: options.strictCallbacks ?? false,
    /** How many persons may be linked to one application. */
    mostUsers: options.linkedUsers ?? Infinity,
  }
}
