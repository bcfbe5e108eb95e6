import { assert, it } from "@effect/vitest"
import { countMonths, localMonths } from "./localMonths.ts"

const at = (iso: string) => Date.parse(iso) / 1000
const iso = (seconds: number) => new Date(seconds * 1000).toISOString()
const monthsOf = (from: string, until: string, timezone: string) => {
  const months = localMonths(at(from), at(until), timezone)
  assert.strictEqual(countMonths(at(from), at(until), timezone), months.length)
  return months.map(({ begins, ends }) => [iso(begins), iso(ends)])
}

it("has the months of a place, over both changes of its clock", () => {
  assert.deepStrictEqual(monthsOf("2026-03-09T12:00:00Z", "2026-05-31T12:00:00Z", "Europe/Paris"), [
    ["2026-02-28T23:00:00.000Z", "2026-03-31T22:00:00.000Z"],
    ["2026-03-31T22:00:00.000Z", "2026-04-30T22:00:00.000Z"],
  ])
  assert.deepStrictEqual(monthsOf("2026-10-31T12:00:00Z", "2026-11-30T11:00:00Z", "Pacific/Auckland"), [
    ["2026-10-31T11:00:00.000Z", "2026-11-30T11:00:00.000Z"],
  ])
})

it("begins a month with its first hour where midnight is left out", () => {
  // Havana put its clocks forward at midnight of 1 April 2012.
  assert.deepStrictEqual(monthsOf("2012-04-02T00:00:00Z", "2012-05-02T00:00:00Z", "America/Havana"), [
    ["2012-04-01T05:00:00.000Z", "2012-05-01T04:00:00.000Z"],
  ])
})

it("takes an unknown timezone for UTC", () => {
  assert.deepStrictEqual(monthsOf("2026-02-14T00:00:00Z", "2026-03-01T00:00:00Z", "Nowhere/Unknown"), [
    ["2026-02-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z"],
  ])
})

it("is empty before a month has ended", () => {
  assert.deepStrictEqual(monthsOf("2026-11-03T00:00:00Z", "2026-11-30T22:59:59Z", "Europe/Paris"), [])
})
