import { describe, expect, it } from "vitest"
import { daysOf, History, monthNumber } from "./History.ts"
import { Memory } from "./Memory.ts"
import type { Row } from "./Row.ts"

const aDay = 86_400
const since = Date.UTC(2025, 0, 1) / 1000
const lived = Date.UTC(2025, 5, 1) / 1000

/** One row a day at noon, stored an hour later. */
const rowAt = (day: number): Row<string> => {
  const start = day * aDay + aDay / 2
  return { id: day, start, end: start, created: start + 3600, modified: start + 3600, wire: `day ${day}` }
}

const historyIn = (memory: Memory) => {
  const made: Array<number> = []
  const history = History.generated({
    seed: "test",
    since,
    memory,
    monthOf: (month) => {
      made.push(month)
      return daysOf(month).map(rowAt)
    },
  })
  return { history, made }
}

describe("a history", () => {
  it("holds every day since its beginning that the cloud knows of", () => {
    const { history } = historyIn(new Memory())
    expect(history.rows(lived)).toHaveLength((lived - since) / aDay)
    expect(history.rows(lived + aDay / 2 + 3599)).toHaveLength((lived - since) / aDay)
    expect(history.rows(lived + aDay / 2 + 3600)).toHaveLength((lived - since) / aDay + 1)
  })

  it("looks only at the months that a question can be about", () => {
    const { history, made } = historyIn(new Memory())
    history.rows(lived, { modifiedSince: lived - aDay })
    expect(Math.min(...made)).toBeGreaterThanOrEqual(monthNumber(lived - 62 * aDay))
    const dated = history.rows(lived, { from: since + 10 * aDay, to: since + 12 * aDay - 1 })
    expect(dated.map(({ wire }) => wire).toSorted()).toEqual([
      `day ${since / aDay + 10}`,
      `day ${since / aDay + 11}`,
    ])
  })

  it("makes the same rows again after they were forgotten", () => {
    const { history, made } = historyIn(new Memory(40))
    const first = history.rows(lived)
    const before = made.length
    // A question that was not asked before: the answer to the last one is kept.
    expect(history.rows(lived, { from: 0 })).toEqual(first)
    expect(made.length).toBeGreaterThan(before)
  })

  it("puts changes in the place of what was generated", () => {
    const { history } = historyIn(new Memory())
    const day = since / aDay + 3
    history.put({ ...rowAt(day), modified: lived + 5, wire: "changed" })
    expect(history.find(lived, day)?.wire).toBe("changed")
    expect(history.rows(lived, { modifiedSince: lived }).map(({ wire }) => wire)).toEqual(["changed"])
    history.remove(day)
    expect(history.find(lived, day)).toBeUndefined()
    const { history: again } = historyIn(new Memory())
    again.restore(history.changes())
    expect(again.rows(lived)).toEqual(history.rows(lived))
  })
})
