interface Held {
  readonly rows: number
  readonly forget: () => void
}

/** How many answers to whole questions are kept, so that the pages of one history need not be found again and again. */
const answersKept = 8

/** Bounds what all histories together keep of the months they made: the oldest go first and are made again when asked for. */
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
