import type { Clock } from "../household/Clock.ts"
import type { Household } from "../household/Household.ts"
import { Clients } from "./Clients.ts"
import { PlannedFaults } from "./Faults.ts"
import { RequestLog } from "./RequestLog.ts"
import { Subscriptions } from "./Subscriptions.ts"
import { Tokens } from "./Tokens.ts"
import { Webhooks, type Cancellation } from "./Webhooks.ts"

export interface CloudOptions {
  readonly household: Household
  readonly clock: Clock
  readonly clients: Readonly<Record<string, string>>
  readonly requestsPerMinute: number
  /** The only address a sign-in may come back to; null: any. */
  readonly callbackUrl: string | null
  readonly strictCallbacks: boolean
  /** How many persons may be linked to one application. */
  readonly mostUsers: number
  readonly cancellation: Cancellation
}

/** Everything the cloud knows and remembers; the servers are its doors. */
export class Cloud {
  readonly household: Household
  readonly clock: Clock
  readonly clients: Clients
  readonly tokens: Tokens
  readonly subscriptions = new Subscriptions()
  readonly webhooks: Webhooks
  readonly faults = new PlannedFaults()
  readonly log = new RequestLog()
  readonly callbackUrl: string | null
  readonly strictCallbacks: boolean
  readonly mostUsers: number

  constructor(options: CloudOptions) {
    const { household, clock } = options
    const now = (): number => clock.now()
    this.household = household
    this.clock = clock
    this.clients = new Clients(options.clients, options.requestsPerMinute, now)
    this.tokens = new Tokens(now)
    this.webhooks = new Webhooks(this.subscriptions, clock, options.cancellation)
    this.callbackUrl = options.callbackUrl
    this.strictCallbacks = options.strictCallbacks
    this.mostUsers = options.mostUsers
  }
}
