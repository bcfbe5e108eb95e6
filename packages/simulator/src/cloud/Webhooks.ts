import type { Clock } from "../household/Clock.ts"
import type { Notice } from "../household/Notice.ts"
import type { Subscription, Subscriptions } from "./Subscriptions.ts"

/** A notice on its way to one subscriber. */
export interface Delivery {
  readonly subscription: Subscription
  readonly notice: Notice
  /** Tries so far. */
  readonly tries: number
  /** Simulated epoch milliseconds of the next try. */
  readonly due: number
}

/** The outcome of a delivery, for the admin page and tests. */
export interface DeliveryReport {
  readonly at: number
  readonly userid: number
  readonly appli: number
  readonly fields: Notice["fields"]
  readonly callbackurl: string
  readonly tries: number
  readonly outcome: "delivered" | "failed" | "given up" | "lost" | "held back" | "cancelled"
  /** HTTP status or why there is none. */
  readonly detail: string
}

/** Seconds before each try: each cycle tries twice, and the pauses between cycles grow. */
export const retryDelays = [0, 0, 10, 0, 60, 0, 3600, 0, 4 * 3600, 0] as const

/** When the cloud drops a subscriber that never answers. */
export interface Cancellation {
  readonly afterFailures: number
  readonly afterSeconds: number
}

/** The current documentation: a mail after four failures, the end after twenty days. */
const cancelAfterTwentyDays: Cancellation = { afterFailures: 4, afterSeconds: 20 * 86_400 }

const noFaults = { lose: 0, delaySeconds: 0, duplicate: false, reverse: false }
/** Older pages of the documentation say two seconds, current ones "a few". */
const deadline = 2000
const reportsKept = 200

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message : String(cause)
}

export class Webhooks {
  readonly #subscriptions: Subscriptions
  readonly #clock: Clock
  readonly #cancellation: Cancellation
  readonly #waiting = new Set<Delivery>()
  readonly #reports: Array<DeliveryReport> = []
  readonly #stop = new AbortController()
  #timer: NodeJS.Timeout | undefined
  #last: Notice | null = null
  faults = { ...noFaults }

  constructor(
    subscriptions: Subscriptions,
    clock: Clock,
    cancellation: Cancellation = cancelAfterTwentyDays,
  ) {
    this.#subscriptions = subscriptions
    this.#clock = clock
    this.#cancellation = cancellation
  }

  /** Notifies every subscriber; resolves when the first try of each has succeeded or failed. */
  async tell(notices: ReadonlyArray<Notice>): Promise<void> {
    const { duplicate, reverse, delaySeconds } = this.faults
    const ordered = reverse ? notices.toReversed() : notices
    const sent = duplicate ? ordered.flatMap((notice) => [notice, notice]) : ordered
    for (const notice of sent) {
      this.#last = notice
      for (const subscription of this.#subscriptions.subscribersOf(notice.userid, notice.appli)) {
        const delivery = {
          subscription,
          notice,
          tries: 0,
          due: this.#clock.milliseconds() + delaySeconds * 1000,
        }
        if (this.faults.lose > 0) {
          this.faults.lose -= 1
          this.#report(delivery, "lost", "by the fault loseWebhook")
          continue
        }
        if (delaySeconds > 0) this.#report(delivery, "held back", `for ${delaySeconds} s`)
        this.#waiting.add(delivery)
      }
    }
    await this.deliverDue()
  }

  /** Sends the last notice again, as the real cloud does when it missed the answer. */
  async replay(): Promise<void> {
    if (this.#last) await this.tell([this.#last])
  }

  clearFaults(): void {
    this.faults = { ...noFaults }
  }

  /** Tries every delivery that is due. Called by a timer and whenever the clock is set. */
  async deliverDue(): Promise<void> {
    const now = this.#clock.milliseconds()
    const due = [...this.#waiting].filter((delivery) => delivery.due <= now)
    for (const delivery of due) this.#waiting.delete(delivery)
    const byAddress = Map.groupBy(due, ({ subscription }) => subscription.callbackurl)
    // One at a time for each address, so that only the fault reverseWebhooks changes the order.
    await Promise.all(
      [...byAddress.values()].map(async (deliveries) => {
        for (const delivery of deliveries) await this.#try(delivery)
      }),
    )
    this.#schedule()
  }

  reports(): ReadonlyArray<DeliveryReport> {
    return this.#reports
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#stop.abort()
    this.#waiting.clear()
  }

  async #try(delivery: Delivery): Promise<void> {
    const { subscription, notice } = delivery
    if (!this.#subscriptions.has(subscription)) return
    const body = new URLSearchParams({ userid: String(notice.userid), appli: String(notice.appli) })
    for (const [name, value] of Object.entries(notice.fields)) body.set(name, String(value))
    const result = await this.#post(subscription.callbackurl, body)
    if (this.#stop.signal.aborted) return
    const tried = { ...delivery, tries: delivery.tries + 1 }
    if (result.ok) {
      this.#subscriptions.succeeded(subscription)
      this.#report(tried, "delivered", result.detail)
      return
    }
    this.#fail(tried, result.detail)
  }

  async #post(url: string, body: URLSearchParams): Promise<{ ok: boolean; detail: string }> {
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(deadline), this.#stop.signal])
      const response = await fetch(url, { method: "POST", body, signal, redirect: "manual" })
      await response.arrayBuffer()
      return { ok: response.status < 400, detail: `HTTP ${response.status}` }
    } catch (error) {
      return { ok: false, detail: reasonOf(error) }
    }
  }

  #fail(delivery: Delivery, detail: string): void {
    const { subscription, tries } = delivery
    const now = this.#clock.now()
    const failing = this.#subscriptions.failed(subscription, now)
    const { afterFailures, afterSeconds } = this.#cancellation
    const over =
      failing && failing.failures >= afterFailures && now - (failing.failingSince ?? now) >= afterSeconds
    if (over) {
      this.#subscriptions.cancel(subscription)
      this.#report(delivery, "cancelled", detail)
      return
    }
    const delay = retryDelays[tries]
    if (delay === undefined) {
      this.#report(delivery, "given up", detail)
      return
    }
    this.#report(delivery, "failed", detail)
    this.#waiting.add({ ...delivery, due: this.#clock.milliseconds() + delay * 1000 })
  }

  #report(delivery: Delivery, outcome: DeliveryReport["outcome"], detail: string): void {
    const { subscription, notice, tries } = delivery
    const { userid, appli, fields } = notice
    const { callbackurl } = subscription
    this.#reports.push({ at: this.#clock.now(), userid, appli, fields, callbackurl, tries, outcome, detail })
    if (this.#reports.length > reportsKept) this.#reports.shift()
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    if (this.#stop.signal.aborted || this.#waiting.size === 0) return
    const next = Math.min(...[...this.#waiting].map((delivery) => delivery.due))
    const wait = this.#clock.realDelay(next - this.#clock.milliseconds())
    this.#timer = setTimeout(() => void this.deliverDue(), Math.min(wait, 2 ** 31 - 1))
    this.#timer.unref()
  }
}
