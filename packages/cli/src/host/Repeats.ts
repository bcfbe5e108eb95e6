/** Seconds in which all apps tell the same thing: they share one core, and start together. */
const together = 60
/** Seconds for which an app that says nothing else is not heard saying the same again. */
const patience = 3_600

/** Times, ports and counts differ in lines that say the same. */
const gist = (text: string) => text.replaceAll(/\d+/gu, "")

/** Remembers what was said, so that nothing is told twice that stands on the screen. */
export class Repeats {
  readonly #saidAt = new Map<string, number>()
  readonly #lastOf = new Map<string, string>()

  /** Epoch seconds. */
  isNews(app: string, text: string, now: number): boolean {
    for (const [said, at] of this.#saidAt) if (now - at >= patience) this.#saidAt.delete(said)
    const key = gist(text)
    const isSame = this.#lastOf.get(app) === key
    this.#lastOf.set(app, key)
    const age = now - (this.#saidAt.get(key) ?? Number.NEGATIVE_INFINITY)
    if (age < (isSame ? patience : together)) return false
    this.#saidAt.set(key, now)
    return true
  }
}
