interface Held {
  readonly rows: number
  readonly forget: () => void
}

/** How many complete answers are kept, so that the pages of one history are selected once. */
const answersKept = 8

/** Limits the generated months that all histories keep: the oldest are dropped and generated again on demand. */
export class Memory {
  readonly #limit: number
  readonly #held = new Set<Held>()
  readonly #answers = new Set<() => void>()
  #rows = 0

  constructor(limit = 100_000) {
    this.#limit = limit
  }

  hold(rows: number, forget: () => void): void {
    this.#held.add({ rows, forget })
    this.#rows += rows
    for (const oldest of this.#held) {
      if (this.#rows <= this.#limit) return
      this.#held.delete(oldest)
      this.#rows -= oldest.rows
      oldest.forget()
    }
  }

  holdAnswer(forget: () => void): void {
    this.#answers.delete(forget)
    this.#answers.add(forget)
    for (const oldest of this.#answers) {
      if (this.#answers.size <= answersKept) return
      this.#answers.delete(oldest)
      oldest()
    }
  }
}
