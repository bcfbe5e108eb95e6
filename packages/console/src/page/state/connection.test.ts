import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { connection } from "./connection.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it("reports a lost connection although another try fails every half second", () => {
  const reported: Array<boolean> = []
  const { answered, failed } = connection(3000, (isConnected) => reported.push(isConnected))
  for (let tries = 0; tries < 8; tries++) {
    failed()
    vi.advanceTimersByTime(500)
  }
  expect(reported).toEqual([false])
  answered()
  expect(reported).toEqual([false, true])
})

it("reports nothing when the bridge answers again in time", () => {
  const reported: Array<boolean> = []
  const { answered, failed } = connection(3000, (isConnected) => reported.push(isConnected))
  failed()
  vi.advanceTimersByTime(2000)
  answered()
  vi.advanceTimersByTime(5000)
  expect(reported).toEqual([true])
})
