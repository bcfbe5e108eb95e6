import { randomOf, shuffled } from "../household/random.ts"
import type { Memory } from "./Memory.ts"
import type { Row, Selection } from "./Row.ts"

/** Generates the rows of one calendar month (UTC), counted from January 1970: always the same ones. */
export type MonthOf<W> = (month: number) => ReadonlyArray<Row<W>>

export interface Generated<W> {
  /** Gives this history an order of rows that never changes. */
  readonly seed: string
  readonly since: number
  readonly monthOf: MonthOf<W>
  readonly memory: Memory
}

/** Generated rows are stored at most this long after they happened, so that a delta looks at few months. */
const latestArrival = 60 * 86_400

const aDay = 86_400

export const monthNumber = (epoch: number): number => {
  const date = new Date(epoch * 1000)
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
}

/** The calendar days of a month, counted from 1970. */
export const daysOf = (month: number): ReadonlyArray<number> => {
  const first = Date.UTC(1970, month, 1) / 1000 / aDay
  const next = Date.UTC(1970, month + 1, 1) / 1000 / aDay
  return Array.from({ length: next - first }, (_, index) => first + index)
}

/**
 * One kind of data of one person: months are generated on demand, and rows that were added, changed or deleted replace
 * them. As in the real cloud, rows are not sorted by date, but their order is stable, so that pages fit together.
 */
export class History<W> {
  readonly #generated: Generated<W> | null
  readonly #given: ReadonlyArray<Row<W>>
  readonly #months = new Map<number, ReadonlyArray<Row<W>>>()
  readonly #changed = new Map<number, Row<W> | null>()
  #answer: { readonly question: string; readonly rows: ReadonlyArray<Row<W>> } | null = null
  readonly #forgetAnswer = (): void => {
    this.#answer = null
  }

  private constructor(generated: Generated<W> | null, given: ReadonlyArray<Row<W>>) {
    this.#generated = generated
    this.#given = given
  }

  static generated<W>(generated: Generated<W>): History<W> {
    return new History<W>(generated, [])
  }

  /** Recorded answers, in their own order. */
  static given<W>(rows: ReadonlyArray<Row<W>>): History<W> {
    return new History<W>(null, rows)
  }

  /** Everything given, added or changed, and what was generated up to `lived`. */
  rows(lived: number, selection: Selection = {}): ReadonlyArray<Row<W>> {
    const { modifiedSince = -Infinity, from = -Infinity, to = Infinity } = selection
    const question = `${lived} ${modifiedSince} ${from} ${to}`
    if (this.#answer?.question === question) return this.#answer.rows
    const rows = this.#find(lived, modifiedSince, from, to)
    if (this.#generated) {
      this.#answer = { question, rows }
      this.#generated.memory.holdAnswer(this.#forgetAnswer)
    }
    return rows
  }

  find(lived: number, id: number): Row<W> | undefined {
    return this.rows(lived).find((row) => row.id === id)
  }

  /** Whether an act added, changed or removed this row. */
  has(id: number): boolean {
    return this.#changed.has(id)
  }

  /** Adds a row or replaces the one with the same id. */
  put(row: Row<W>): void {
    this.#forgetAnswer()
    this.#changed.delete(row.id)
    this.#changed.set(row.id, row)
  }

  remove(id: number): void {
    this.#forgetAnswer()
    this.#changed.set(id, null)
  }

  /** What differs from the generated rows, to be kept over a restart. */
  changes(): ReadonlyArray<readonly [number, Row<W> | null]> {
    return [...this.#changed]
  }

  restore(changes: ReadonlyArray<readonly [number, Row<W> | null]>): void {
    this.#forgetAnswer()
    for (const [id, row] of changes) this.#changed.set(id, row)
  }

  #find(lived: number, modifiedSince: number, from: number, to: number): ReadonlyArray<Row<W>> {
    const found: Array<Row<W>> = []
    const changed = this.#changed
    const take = (row: Row<W>): void => {
      if (row.modified > modifiedSince && row.end >= from && row.start <= to) found.push(row)
    }
    for (const row of changed.values()) if (row) take(row)
    for (const row of this.#given) if (!changed.has(row.id)) take(row)
    if (this.#generated) {
      // A day of slack on both sides: a local day or a night may span two months.
      const last = monthNumber(Math.min(lived, to) + aDay)
      const first = monthNumber(Math.max(this.#generated.since, modifiedSince - latestArrival, from - aDay))
      for (let month = last; month >= first; month--) {
        for (const row of this.#rowsOf(this.#generated, month)) {
          if (row.created <= lived && (changed.size === 0 || !changed.has(row.id))) take(row)
        }
      }
    }
    return found
  }

  #rowsOf({ monthOf, seed, since, memory }: Generated<W>, month: number): ReadonlyArray<Row<W>> {
    const known = this.#months.get(month)
    if (known) return known
    const made = monthOf(month).filter((row) => row.start >= since)
    const rows = shuffled(made, randomOf(`${seed}/${month}`))
    this.#months.set(month, rows)
    memory.hold(rows.length, () => this.#months.delete(month))
    return rows
  }
}
