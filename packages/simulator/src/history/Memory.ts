interface Held {
  readonly rows: number
  readonly forget: () => void
}

/** Bounds what all histories together keep of the months they made: the oldest go first and are made again when asked for. */
export class Memory {
  readonly #limit: number
  readonly #held = new Set<Held>()
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
}
