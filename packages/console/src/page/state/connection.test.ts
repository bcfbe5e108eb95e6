import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { connection } from "./connection.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it("tells of the silence although every half second another try fails", () => {
  const told: Array<boolean> = []
  const { answered, failed } = connection(3000, (isConnected) => told.push(isConnected))
  for (let tries = 0; tries < 8; tries++) {
    failed()
    vi.advanceTimersByTime(500)
  }
  expect(told).toEqual([false])
  answered()
  expect(told).toEqual([false, true])
})

it("says nothing when the bridge answers again in time", () => {
  const told: Array<boolean> = []
  const { answered, failed } = connection(3000, (isConnected) => told.push(isConnected))
  failed()
  vi.advanceTimersByTime(2000)
  answered()
  vi.advanceTimersByTime(5000)
  expect(told).toEqual([true])
})
