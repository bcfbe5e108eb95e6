import { describe, expect, it } from "vitest"
import { dayFrom, dayNumber, dayOf, epochOf, isCalendarDay, offsetAt } from "./zone.ts"

const zones = [
  "Europe/Paris",
  "America/New_York",
  "Asia/Tokyo",
  "Australia/Sydney",
  "America/Montreal",
  "Asia/Kolkata",
]

describe("time zones", () => {
  it("agree with Intl at every hour of the days around a change of clocks, and far from one", () => {
    for (const zone of zones) {
      for (const start of ["2025-03-28", "2025-10-25", "2025-04-04", "2025-11-01", "2025-07-10"]) {
        for (let hour = 0; hour < 96; hour++) {
          const epoch = Date.parse(`${start}T00:00:00Z`) / 1000 + hour * 3600 + 1234
          const shown = new Date(epoch * 1000).toLocaleString("sv-SE", { timeZone: zone })
          expect(new Date((epoch + offsetAt(zone, epoch)) * 1000).toISOString().slice(0, 19)).toBe(
            shown.replace(" ", "T"),
          )
        }
      }
    }
  })

  it("find the moment of a local time, also on the day when clocks change", () => {
    expect(epochOf("Europe/Paris", dayNumber("2025-03-30"), 7 * 3600)).toBe(
      Date.parse("2025-03-30T05:00:00Z") / 1000,
    )
    expect(epochOf("Europe/Paris", dayNumber("2025-03-30"), 0)).toBe(
      Date.parse("2025-03-29T23:00:00Z") / 1000,
    )
    expect(epochOf("Asia/Tokyo", dayNumber("2025-03-30"), 7 * 3600)).toBe(
      Date.parse("2025-03-29T22:00:00Z") / 1000,
    )
  })

  it("give the local day", () => {
    expect(dayOf("America/New_York", Date.parse("2025-06-01T03:59:59Z") / 1000)).toBe("2025-05-31")
    expect(dayOf("Australia/Sydney", Date.parse("2025-06-01T14:00:00Z") / 1000)).toBe("2025-06-02")
    expect(dayFrom(dayNumber("2024-02-29") + 1)).toBe("2024-03-01")
  })

  it.each([
    ["2024-02-29", true],
    ["2025-02-29", false],
    ["2025-13-01", false],
    ["20250101", false],
  ])("know whether %s is a day", (text, expected) => {
    expect(isCalendarDay(text)).toBe(expected)
  })
})
