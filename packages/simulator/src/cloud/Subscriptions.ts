import { invalidParams } from "./ApiFailure.ts"

/** Sends news of one kind (`appli`) about one person to an address. */
export interface Subscription {
  readonly userid: number
  readonly clientId: string
  readonly appli: number
  readonly callbackurl: string
  readonly comment: string
  /** Since when every delivery has failed; null when the last one succeeded. */
  readonly failingSince: number | null
  readonly failures: number
}

/** The last second that fits into 31 bits: subscriptions do not end by themselves. */
export const neverExpires = 2_147_483_647

type Key = Pick<Subscription, "userid" | "clientId" | "appli" | "callbackurl">

const keyOf = ({ userid, clientId, appli, callbackurl }: Key): string =>
  JSON.stringify([userid, clientId, appli, callbackurl])

export class Subscriptions {
  readonly #all = new Map<string, Subscription>()

  add(key: Key, comment: string): void {
    this.#all.set(keyOf(key), { ...key, comment, failingSince: null, failures: 0 })
  }

  of(userid: number, clientId: string): ReadonlyArray<Subscription> {
    return [...this.#all.values()].filter((one) => one.userid === userid && one.clientId === clientId)
  }

  subscribersOf(userid: number, appli: number): ReadonlyArray<Subscription> {
    return [...this.#all.values()].filter((one) => one.userid === userid && one.appli === appli)
  }

  find(key: Key): Subscription {
    const found = this.#all.get(keyOf(key))
    if (!found) throw invalidParams("no such subscription")
    return found
  }

  update(key: Key, change: Partial<Pick<Subscription, "appli" | "callbackurl" | "comment">>): void {
    const found = this.find(key)
    this.#all.delete(keyOf(key))
    const changed = { ...found, ...change }
    this.#all.set(keyOf(changed), changed)
  }

  remove(key: Key): void {
    if (!this.#all.delete(keyOf(key))) throw invalidParams("no such subscription")
  }

  removeAll(userid: number, clientId?: string): void {
    for (const [key, one] of this.#all) {
      if (one.userid === userid && (clientId === undefined || one.clientId === clientId))
        this.#all.delete(key)
    }
  }

  has(subscription: Key): boolean {
    return this.#all.has(keyOf(subscription))
  }

  succeeded(subscription: Key): void {
    const known = this.#all.get(keyOf(subscription))
    if (known) this.#all.set(keyOf(known), { ...known, failingSince: null, failures: 0 })
  }

  /** Counts the failure and returns the subscription with its new counts. */
  failed(subscription: Key, now: number): Subscription | undefined {
    const known = this.#all.get(keyOf(subscription))
    if (!known) return undefined
    const failing = { ...known, failingSince: known.failingSince ?? now, failures: known.failures + 1 }
    this.#all.set(keyOf(known), failing)
    return failing
  }

  cancel(subscription: Key): void {
    this.#all.delete(keyOf(subscription))
  }

  all(): ReadonlyArray<Subscription> {
    return [...this.#all.values()]
  }

  restore(subscriptions: ReadonlyArray<Subscription>): void {
    for (const one of subscriptions) this.#all.set(keyOf(one), one)
  }
}
