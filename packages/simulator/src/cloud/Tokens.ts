import { createHash, randomBytes } from "node:crypto"
import { invalidParams, invalidToken, tooManyUsers } from "./ApiFailure.ts"

export const lifetimes = {
  code: 30,
  access: 3 * 3600,
  refresh: 365 * 86_400,
  /** How long a refresh token stays valid while its successor is unused. */
  superseded: 8 * 3600,
} as const

/** The scopes that a person granted to a client. */
export interface Grant {
  readonly userid: number
  readonly clientId: string
  readonly scope: ReadonlyArray<string>
}

interface Code extends Grant {
  readonly redirectUri: string
  readonly expires: number
}

interface Access extends Grant {
  readonly expires: number
  /** The refresh token that becomes invalid as soon as this token is used. */
  readonly supersedes: string | null
}

interface Refresh extends Grant {
  readonly expires: number
}

export interface TokenPair extends Grant {
  readonly accessToken: string
  readonly refreshToken: string
}

const newToken = (): string => randomBytes(20).toString("hex")

/** Identifies a token in a log without revealing it. */
export const fingerprint = (token: string): string =>
  `…${createHash("sha256").update(token).digest("hex").slice(0, 8)}`

/** Every code and token that was issued, with its expiry. */
export class Tokens {
  readonly #now: () => number
  readonly #codes = new Map<string, Code>()
  readonly #access = new Map<string, Access>()
  readonly #refresh = new Map<string, Refresh>()

  constructor(now: () => number) {
    this.#now = now
  }

  issueCode(grant: Grant, redirectUri: string): string {
    const code = newToken()
    this.#codes.set(code, { ...grant, redirectUri, expires: this.#now() + lifetimes.code })
    return code
  }

  /** A code works once, for 30 seconds, for the client and the address it was made for. */
  redeemCode(code: string, clientId: string, redirectUri: string, mostUsers = Infinity): TokenPair {
    const known = this.#codes.get(code)
    this.#codes.delete(code)
    if (!known || known.expires <= this.#now() || known.clientId !== clientId)
      throw invalidParams("invalid code")
    if (known.redirectUri !== redirectUri) throw invalidParams("invalid redirect_uri")
    const linked = this.linkedTo(clientId)
    if (!linked.has(known.userid) && linked.size >= mostUsers) throw tooManyUsers(mostUsers)
    return this.issue(known)
  }

  refresh(refreshToken: string, clientId: string): TokenPair {
    const known = this.#refresh.get(refreshToken)
    const now = this.#now()
    if (!known || known.expires <= now || known.clientId !== clientId)
      throw invalidParams("invalid refresh_token")
    this.#refresh.set(refreshToken, {
      ...known,
      expires: Math.min(known.expires, now + lifetimes.superseded),
    })
    return this.issue(known, refreshToken)
  }

  issue(grant: Grant, supersedes: string | null = null): TokenPair {
    const now = this.#now()
    const { userid, clientId, scope } = grant
    const accessToken = newToken()
    const refreshToken = newToken()
    this.#access.set(accessToken, { userid, clientId, scope, expires: now + lifetimes.access, supersedes })
    this.#refresh.set(refreshToken, { userid, clientId, scope, expires: now + lifetimes.refresh })
    return { userid, clientId, scope, accessToken, refreshToken }
  }

  /** Returns whose token it is. Using it invalidates the previous refresh token. */
  use(accessToken: string): Grant {
    const known = this.#access.get(accessToken)
    if (!known || known.expires <= this.#now()) throw invalidToken()
    if (known.supersedes !== null) {
      this.#refresh.delete(known.supersedes)
      this.#access.set(accessToken, { ...known, supersedes: null })
    }
    return known
  }

  /** Persons linked to an application: those with a valid refresh token. */
  linkedTo(clientId: string): ReadonlySet<number> {
    const now = this.#now()
    const alive = [...this.#refresh.values()].filter((one) => one.clientId === clientId && one.expires > now)
    return new Set(alive.map(({ userid }) => userid))
  }

  /** Invalidates access tokens; refresh tokens stay valid. */
  expireAccess(userid: number): void {
    for (const [token, known] of this.#access) if (known.userid === userid) this.#access.delete(token)
  }

  expireRefresh(userid: number): void {
    for (const [token, known] of this.#refresh) if (known.userid === userid) this.#refresh.delete(token)
  }

  /** Ends all grants of a person, or only those to one client. */
  revoke(userid: number, clientId?: string): void {
    const isMeant = (grant: Grant): boolean =>
      grant.userid === userid && (clientId === undefined || grant.clientId === clientId)
    for (const book of [this.#access, this.#refresh, this.#codes]) {
      for (const [token, known] of book) if (isMeant(known)) book.delete(token)
    }
  }

  state() {
    return { access: [...this.#access], refresh: [...this.#refresh] }
  }

  restore(state: ReturnType<Tokens["state"]>): void {
    for (const [token, access] of state.access) this.#access.set(token, access)
    for (const [token, refresh] of state.refresh) this.#refresh.set(token, refresh)
  }
}
