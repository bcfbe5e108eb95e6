import type { MeasuredEvent } from "@withings-bridge/core"

/** Older events are history: a scale that was offline for a day must not switch the light on today. */
const youngerThan = 600
const mostRemembered = 1000

/** Decides which measured events press a button: young ones, each group once, even when told twice. */
export class JustMeasured {
  readonly #pressed = new Set<string>()

  /** `now` in epoch seconds. Answers the ids of descriptors, one for each press. */
  pressesFor(events: ReadonlyArray<MeasuredEvent>, now: number): ReadonlyArray<string> {
    return events.flatMap((event) => {
      const group = `${event.personId} ${event.group}`
      if (now - event.at >= youngerThan || this.#pressed.has(group)) return []
      this.#remember(group)
      return [event.descriptorId]
    })
  }

  #remember(group: string) {
    this.#pressed.add(group)
    const [oldest] = this.#pressed
    if (this.#pressed.size > mostRemembered && oldest !== undefined) this.#pressed.delete(oldest)
  }
}
