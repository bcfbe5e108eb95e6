import type { Cancellation } from "./cloud/Webhooks.ts"

export interface SimulatorOptions {
  /** Port of the API and the authorize page; 0, the default, takes a free one. */
  readonly port?: number
  /** Port of the admin page and API; 0, the default, takes a free one. */
  readonly adminPort?: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /**
   * Answer by TLS as wbsapi.withings.net and account.withings.com, with a certificate made at the start, for clients
   * that have these addresses built in. Default false.
   */
  readonly tls?: boolean
  /** The same seed makes the same household. Default "withings". */
  readonly seed?: string
  /** Years of history, default 3. */
  readonly years?: number
  /** How many persons, default 2; two share a home. */
  readonly persons?: number
  /** Folder of recorded answers, added as a person named "Recorded". */
  readonly recorded?: string
  /** The registered application; default "demo-client" with "demo-secret". */
  readonly clientId?: string
  readonly clientSecret?: string
  /** More applications: secrets by client id. */
  readonly otherClients?: Readonly<Record<string, string>>
  /** The address that sign-ins may come back to, or several separated by commas. Default: any. */
  readonly callbackUrl?: string
  /** Accept only webhook addresses that the real cloud accepts: https, domain name, port 80 or 443. Default false. */
  readonly strictCallbacks?: boolean
  /** Requests per minute and application; more are answered 601. Default 120, as documented. */
  readonly requestsPerMinute?: number
  /**
   * How many persons may be linked to one application: at Withings 10 without an https callback, else by its plan.
   * Default: any number.
   */
  readonly linkedUsers?: number
  /** When a subscriber that never answers is dropped. Default: after 20 days. */
  readonly cancellation?: Cancellation
  /**
   * The household's time at the start, ISO 8601. The same seed and time make the same household. Default: the real time.
   */
  readonly time?: string
  /** The real clock, epoch milliseconds; default Date.now. A test gives one that stands still. */
  readonly now?: () => number
  /** Simulated seconds in a real one, default 1. */
  readonly speed?: number
  /** The household lives on as time passes, with webhooks. Default false: only acts change something. */
  readonly lives?: boolean
  /** File that keeps sign-ins, subscriptions and acts over a restart. Default: nothing is kept. */
  readonly stateFile?: string
}
