import { createHmac, randomBytes, timingSafeEqual } from "node:crypto"
import { invalidParams, tooManyRequests } from "./ApiFailure.ts"

const nonceLifetime = 30 * 60
const window = 60

const same = (one: string, other: string): boolean => {
  const [first, second] = [Buffer.from(one), Buffer.from(other)]
  return first.length === second.length && timingSafeEqual(first, second)
}

/** The API signs only these values, in the order of their parameters' names. */
const signatureOf = (secret: string, values: ReadonlyArray<string>): string =>
  createHmac("sha256", secret).update(values.join(",")).digest("hex")

/** The registered applications: secrets, nonces, rate limits. */
export class Clients {
  readonly #secrets: ReadonlyMap<string, string>
  readonly #now: () => number
  readonly #nonces = new Map<string, { clientId: string; expires: number }>()
  readonly #requests = new Map<string, Array<number>>()
  requestsPerMinute: number
  #throttledUntil = 0

  constructor(secrets: Readonly<Record<string, string>>, requestsPerMinute: number, now: () => number) {
    this.#secrets = new Map(Object.entries(secrets))
    this.requestsPerMinute = requestsPerMinute
    this.#now = now
  }

  knows(clientId: string): boolean {
    return this.#secrets.has(clientId)
  }

  nonce(clientId: string, timestamp: string, signature: string): string {
    const secret = this.#secretOf(clientId)
    if (!same(signature, signatureOf(secret, ["getnonce", clientId, timestamp]))) {
      throw invalidParams("invalid signature")
    }
    if (Math.abs(Number(timestamp) - this.#now()) > nonceLifetime) throw invalidParams("invalid timestamp")
    const nonce = randomBytes(20).toString("hex")
    this.#nonces.set(nonce, { clientId, expires: this.#now() + nonceLifetime })
    return nonce
  }

  /** Accepts the secret, or a signature over action, client_id and an unused nonce. */
  authenticate(params: ReadonlyMap<string, string>): string {
    const clientId = params.get("client_id") ?? ""
    const secret = this.#secretOf(clientId)
    const given = params.get("client_secret")
    if (given !== undefined) {
      if (!same(given, secret)) throw invalidParams("invalid client_secret")
      return clientId
    }
    return this.authenticateSigned(params)
  }

  authenticateSigned(params: ReadonlyMap<string, string>): string {
    const clientId = params.get("client_id") ?? ""
    const secret = this.#secretOf(clientId)
    const nonce = params.get("nonce") ?? ""
    const known = this.#nonces.get(nonce)
    this.#nonces.delete(nonce)
    if (!known || known.clientId !== clientId || known.expires <= this.#now())
      throw invalidParams("invalid nonce")
    const expected = signatureOf(secret, [params.get("action") ?? "", clientId, nonce])
    if (!same(params.get("signature") ?? "", expected)) throw invalidParams("invalid signature")
    return clientId
  }

  /** Counts a request of the last minute; refused ones are not counted. */
  count(clientId: string): void {
    const now = this.#now()
    if (now < this.#throttledUntil) throw tooManyRequests()
    const recent = this.#requests.get(clientId) ?? []
    while (recent[0] !== undefined && recent[0] <= now - window) recent.shift()
    if (recent.length >= this.requestsPerMinute) throw tooManyRequests()
    recent.push(now)
    this.#requests.set(clientId, recent)
  }

  /** Refuses everything for so many seconds. */
  throttle(seconds: number): void {
    this.#throttledUntil = this.#now() + seconds
  }

  #secretOf(clientId: string): string {
    const secret = this.#secrets.get(clientId)
    if (secret === undefined) throw invalidParams("invalid client_id")
    return secret
  }
}
