import type { SyncProgress } from "@withings-bridge/core"
import { describe, expect, it } from "vitest"
import { PersonId } from "../measure/Person.ts"
import { personHistory } from "./personHistory.ts"

const list = (feed: SyncProgress["feed"], more: Partial<SyncProgress>): SyncProgress => ({
  personId: PersonId("ann"),
  feed,
  done: 0,
  total: null,
  startedAt: 0,
  finishedAt: null,
  ...more,
})

describe("the first history of a person", () => {
  const finished = { done: 10, total: 10, finishedAt: 5 }

  it("is complete when every list is", () => {
    const lists = [
      list("getmeas", finished),
      list("night", finished),
      list("day", finished),
      list("workout", finished),
    ]
    expect(personHistory(lists, PersonId("ann"))).toEqual({ done: 40, total: 40, isComplete: true })
    expect(personHistory(lists.slice(1), PersonId("ann")).isComplete).toBe(false)
  })

  it("has no total while one list has no estimate", () => {
    const lists = [list("getmeas", { done: 7 }), list("night", finished)]
    expect(personHistory(lists, PersonId("ann"))).toEqual({ done: 17, total: null, isComplete: false })
  })

  it("counts no one else's", () => {
    expect(personHistory([list("getmeas", finished)], PersonId("ben")).done).toBe(0)
  })
})
