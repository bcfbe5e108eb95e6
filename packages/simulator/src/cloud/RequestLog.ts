import { fingerprint } from "./Tokens.ts"

/** One request, with fingerprints instead of secrets. */
export interface LoggedRequest {
  /** Simulated epoch seconds. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly action: string
  /** Whose data; null when the request was about nobody. */
  readonly person: string | null
  readonly params: Readonly<Record<string, string>>
  /** The status in the answer, or the name of the fault that replaced it. */
  readonly status: number | string
  /** How many rows the answer held, null when it is no list. */
  readonly rows: number | null
  readonly milliseconds: number
}

const secrets = new Set([
  "access_token",
  "client_secret",
  "code",
  "nonce",
  "refresh_token",
  "signature",
  "signal_token",
])

/** Addresses for webhooks often carry a secret in their query. */
const withoutQuery = (url: string): string => url.replace(/\?.*$/s, "?…")

export const safeParams = (params: ReadonlyMap<string, string>): Record<string, string> => {
  const safe: Record<string, string> = {}
  for (const [name, value] of params) {
    if (secrets.has(name)) safe[name] = fingerprint(value)
    else safe[name] = name.endsWith("callbackurl") ? withoutQuery(value) : value
  }
  return safe
}

const kept = 2000

/** The last requests, oldest first. */
export class RequestLog {
  #entries: Array<LoggedRequest> = []

  add(entry: LoggedRequest): void {
    this.#entries.push(entry)
    // Trim rarely: moving all entries at every request would be slow.
    if (this.#entries.length > 2 * kept) this.#entries = this.#entries.slice(-kept)
  }

  entries(): ReadonlyArray<LoggedRequest> {
    return this.#entries.slice(-kept)
  }
}
