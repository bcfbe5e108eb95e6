import type { Acts } from "./Acts.ts"
import type { DeliveryReport } from "./cloud/Webhooks.ts"
import type { LoggedRequest } from "./cloud/RequestLog.ts"
import type { Faults } from "./Faults.ts"
import type { Counts } from "./household/Household.ts"
import type { Person } from "./household/Person.ts"

export type SimulatedPerson = Readonly<Pick<Person, "userid" | "name" | "timezone" | "devices">>

export interface Simulator extends Acts {
  /** Base address of both account.withings.com and wbsapi.withings.net. */
  readonly url: string
  readonly adminUrl: string
  /** With `tls`, the certificate that a client has to trust, PEM; else null. */
  readonly certificateAuthority: string | null
  readonly clientId: string
  readonly clientSecret: string
  readonly persons: ReadonlyArray<SimulatedPerson>
  /** The household's time in epoch milliseconds. */
  readonly now: () => number
  /** What a complete sync of a person's real measures would find. */
  readonly counts: (person: string) => Counts
  readonly faults: Faults
  /** The last requests, oldest first, with fingerprints instead of secrets. */
  readonly requests: ReadonlyArray<LoggedRequest>
  /** The last webhook deliveries, oldest first. */
  readonly deliveries: ReadonlyArray<DeliveryReport>
  /** Lets time pass: the household lives on, and due webhooks are sent. */
  readonly advance: (seconds: number) => Promise<void>
  readonly close: () => Promise<void>
}
