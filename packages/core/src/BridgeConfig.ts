import type { Redacted } from "effect"

/** Everything the core has to be told, whichever app it lives in. */
export interface BridgeConfig {
  /** Folder that all processes of a household share: the store, the key, `config.yaml`. */
  readonly home: string
  readonly clientId: string
  readonly clientSecret: Redacted.Redacted
  /** As registered in the Withings developer application. */
  readonly callbackUrl: string
  /** Names of the persons, in the order they are expected to sign in. */
  readonly profiles: ReadonlyArray<string>
  /** https://account.withings.com and https://wbsapi.withings.net, or a simulator. */
  readonly accountUrl: string
  readonly apiUrl: string
  /** Seconds between two polls of a feed. */
  readonly pollEvery: number
  /** null: no webhooks, all but presence in bed comes by polling. */
  readonly webhook: WebhookConfig | null
}

export interface WebhookConfig {
  /** Where Withings reaches the receiver from outside; the secret path is appended. */
  readonly publicUrl: string
  readonly host: string
  readonly port: number
}
