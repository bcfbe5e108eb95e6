export interface ClockOptions {
  /** Epoch milliseconds of the real (or a test's) clock. */
  readonly now: () => number
  /** Simulated seconds in a real one. */
  readonly speed: number
  /** What the household's clock shows at the start, epoch milliseconds; null: the real time. */
  readonly startsAt: number | null
}

/** The time in the simulated cloud, in epoch seconds. */
export class Clock {
  readonly #now: () => number
  readonly #startedAt: number
  readonly #startsAt: number
  readonly #speed: number
  #offset = 0

  constructor({ now, speed, startsAt }: ClockOptions) {
    this.#now = now
    this.#startedAt = now()
    this.#startsAt = startsAt ?? this.#startedAt
    this.#speed = speed
  }

  now(): number {
    return Math.floor(this.milliseconds() / 1000)
  }

  milliseconds(): number {
    return this.#startsAt + (this.#now() - this.#startedAt) * this.#speed + this.#offset * 1000
  }

  /** Real milliseconds until so many simulated ones have passed. */
  realDelay(milliseconds: number): number {
    return Math.max(0, milliseconds / this.#speed)
  }

  advance(seconds: number): void {
    this.#offset += seconds
  }
}
