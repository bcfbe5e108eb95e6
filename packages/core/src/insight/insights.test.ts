import { FastCheck } from "effect"
import { describe, expect, it } from "vitest"
import { PersonId } from "../measure/Person.ts"
import { baselineBefore, spreadOf, unusual } from "./baseline.ts"
import { pressureClass, pressureWeek } from "./bloodPressure.ts"
import { insightFeatures } from "./insightFeatures.ts"
import { baselineKinds, insightKinds } from "./insightKinds.ts"
import { sleepRegularity } from "./sleepRegularity.ts"
import { weeklyRate, weightTrend } from "./weightTrend.ts"

const day = 86_400
const hour = 3600

describe("the weight trend", () => {
  it("goes a tenth of the way each day, and as far at once after missed days", () => {
    const daily = weightTrend([80, 79, 81, 80].map((value, index) => ({ at: index * day, value })))
    expect(daily.map(({ trend }) => Number(trend.toFixed(4)))).toEqual([80, 79.9, 80.01, 80.009])
    const [, missed] = weightTrend([
      { at: 0, value: 80 },
      { at: 2 * day, value: 79 },
    ])
    expect(missed?.trend).toBeCloseTo(80 - 0.19, 10)
  })

  it("is that of the log in The Hacker's Diet, in pounds: 173.2 and a weight of 171.5 make 173.0", () => {
    const [, next] = weightTrend([
      { at: 0, value: 173.2 },
      { at: day, value: 171.5 },
    ])
    expect(next?.trend.toFixed(1)).toBe("173.0")
  })

  it("is in kilograms per week, and null for a shorter time", () => {
    const losing = weightTrend(
      Array.from({ length: 200 }, (_, index) => ({ at: index * day, value: 90 - index * 0.1 })),
    )
    expect(weeklyRate(losing)).toBeCloseTo(-0.7, 4)
    expect(weeklyRate(losing.slice(0, 7))).toBeNull()
    expect(weeklyRate([])).toBeNull()
  })
})

describe("a person's usual range", () => {
  it("is that of the example of kvasaheim.com, which divides by 0.6745", () => {
    const example = spreadOf([43, 50, 11, 74, 52, 83, 72])
    expect(example.median).toBe(52)
    // There 20 / 0.6745 = 29.6516; R's mad(), with the factor 1.4826, gives 29.652.
    expect(example.deviation).toBeCloseTo(29.652, 10)
    expect(Math.abs(example.deviation - 29.6516)).toBeLessThan(0.001)
    expect([127, 126, -23].map((value) => unusual(value, example))).toEqual([1, 0, 2])
  })

  it("is not moved by one odd value, which a standard deviation would follow", () => {
    const odd = spreadOf([43, 50, 11, 74, 52, 83, 7200])
    expect(odd).toEqual(spreadOf([43, 50, 11, 74, 52, 83, 74]))
    expect(unusual(7200, odd)).toBe(1)
  })

  it("needs 20 values over 30 days, without the newest", () => {
    const nights = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ at: (60 - index) * day, value: 55 + (index % 3) }))
    expect(baselineBefore(60 * day, nights(31))).toMatchObject({ median: 56 })
    expect(baselineBefore(60 * day, nights(30))).toBeNull()
    expect(
      baselineBefore(
        60 * day,
        nights(31).filter((_, index) => index % 3 === 0),
      ),
    ).toBeNull()
    expect(unusual(60, { median: 55, deviation: 0 })).toBeNull()
  })
})

describe("sleep regularity", () => {
  const night = (index: number, from = 23, hours = 8) => ({
    from: index * day + from * hour,
    to: index * day + (from + hours) * hour,
  })

  it("is 100 for the same hours, and less by the hours that differ", () => {
    const same = Array.from({ length: 6 }, (_, index) => night(index))
    expect(sleepRegularity(same)).toBe(100)
    // An hour later every other night: two hours of 24 differ.
    const shifted = Array.from({ length: 7 }, (_, index) => night(index, index % 2 === 0 ? 23 : 24))
    expect(sleepRegularity(shifted)).toBeCloseTo(100 - (200 * 2) / 24, 10)
    expect(sleepRegularity(same.slice(0, 5))).toBeNull()
    expect(sleepRegularity(Array.from({ length: 9 }, (_, index) => night(index * 3)))).toBeNull()
  })

  it("shares 23 of 24 hours where only the time of getting up differs by one", () => {
    const nights = Array.from({ length: 7 }, (_, index) => night(index, 23, index % 2 === 0 ? 7 : 8))
    expect(sleepRegularity(nights)).toBeCloseTo(-100 + (200 * 23) / 24, 10)
  })

  it("is the formula of Phillips et al. 2017, counted minute by minute", () => {
    const minute = 60
    const minutes = FastCheck.tuple(
      FastCheck.integer({ min: 0, max: 400 }),
      FastCheck.integer({ min: 240, max: 700 }),
    )
    FastCheck.assert(
      FastCheck.property(FastCheck.array(minutes, { minLength: 6, maxLength: 20 }), (given) => {
        // Each night begins and ends between two noons, of which each makes a row of 1440 epochs.
        const nights = given.map(([late, long], index) => ({
          from: index * day + late * minute,
          to: index * day + (late + long) * minute,
        }))
        const rows = given.map(([late, long]) =>
          Array.from({ length: 1440 }, (_, epoch) => epoch >= late && epoch < late + long),
        )
        const same = rows
          .slice(1)
          .flatMap((row, index) => row.map((inBed, epoch) => (inBed === rows[index]?.[epoch] ? 1 : 0)))
          .reduce<number>((sum, delta) => sum + delta, 0)
        const index = -100 + (200 / (1440 * (rows.length - 1))) * same
        expect(sleepRegularity(nights)).toBeCloseTo(index, 8)
      }),
      { numRuns: 50 },
    )
  })
})

describe("a week of blood pressure", () => {
  it("has means of mornings and evenings, and a class from three days on", () => {
    const now = 1_795_258_800
    const midnight = now - 12 * hour + hour
    const at = (days: number, hours: number) => midnight - days * day + hours * hour
    const take = (readings: ReadonlyArray<readonly [number, number, number]>) =>
      pressureWeek(
        readings.map(([at, value]) => ({ at, value })),
        readings.map(([at, , value]) => ({ at, value })),
        now,
        "UTC",
      )
    const two = [
      [at(1, 7), 130, 80],
      [at(1, 20), 140, 90],
      [at(2, 7), 132, 82],
      [at(2, 13), 200, 120],
    ] as const
    expect(take(two)).toEqual({
      morning: { systolic: 131, diastolic: 81 },
      evening: { systolic: 140, diastolic: 90 },
      mean: null,
    })
    expect(take([...two, [at(3, 7), 134, 84]]).mean).toEqual({ systolic: 134, diastolic: 84 })
    expect(take([[at(9, 7), 130, 80]])).toEqual({ morning: null, evening: null, mean: null })
  })

  it("counts the days of the calendar, also where clocks are set forward far from Greenwich", () => {
    // 11:00 in Auckland on 26, 27 (when clocks went from 2:00 to 3:00) and 28 September 2026.
    const mornings = ["2026-09-25T23:00:00Z", "2026-09-26T22:00:00Z", "2026-09-27T22:00:00Z"].map(
      (time) => Date.parse(time) / 1000,
    )
    const reading = (value: number) => mornings.map((at) => ({ at, value }))
    const { mean } = pressureWeek(reading(130), reading(80), (mornings[2] ?? 0) + hour, "Pacific/Auckland")
    expect(mean).toEqual({ systolic: 130, diastolic: 80 })
  })

  it("has the ranges of the guidelines, by the higher of both", () => {
    const of = (guideline: "esc-2024" | "acc-aha-2017") =>
      [
        [119, 69],
        [120, 69],
        [119, 70],
        [134, 84],
        [135, 60],
        [110, 85],
      ].map(([systolic = 0, diastolic = 0]) => pressureClass(guideline, { systolic, diastolic }))
    expect(of("esc-2024")).toEqual([0, 1, 1, 1, 2, 2])
    expect(of("acc-aha-2017")).toEqual([0, 1, 0, 2, 3, 3])
  })
})

/** Insights that lie between the lowest and the highest value they are made of. */
const withinValues = [
  ["weight-trend", "weight"],
  ...baselineKinds.map((kind) => [`${kind}-usual`, kind] as const),
  ["blood-pressure-morning-systolic", "blood-pressure-systolic"],
  ["blood-pressure-evening-diastolic", "blood-pressure-diastolic"],
] as const

/** 2026-03-29 1:00 UTC, when clocks in Europe go from 2:00 to 3:00. */
const clocksChange = 1_774_746_000

/** Night by night with gaps, any second of a day around the change of clocks, and the far past. */
const momentsAround = FastCheck.oneof(
  FastCheck.integer({ min: 0, max: 70 }).map((days) => clocksChange - days * day),
  FastCheck.integer({ min: clocksChange - day, max: clocksChange + 12 * hour }),
  FastCheck.integer({ min: 0, max: clocksChange }),
)

it("insights never throw, and are finite numbers of a moment that was there", () => {
  const number = FastCheck.double({ noNaN: true, noDefaultInfinity: true })
  const values = FastCheck.array(
    FastCheck.record({
      personId: FastCheck.constant(PersonId("ann")),
      kind: FastCheck.constantFrom<string>(...insightKinds),
      at: momentsAround,
      value: FastCheck.oneof(number, FastCheck.integer({ min: 40, max: 160 })),
    }),
    { maxLength: 200, size: "max" },
  )
  // Twins, and records that came twice.
  const pasts = values.map((past) => [...past, ...past.slice(0, past.length % 7)])
  FastCheck.assert(
    FastCheck.property(
      pasts,
      FastCheck.constantFrom(null, "Europe/Paris", "America/New_York", "Pacific/Apia", "Nowhere/Land"),
      (past, timezone) => {
        const clock = { now: clocksChange + 12 * hour, today: null }
        const features = insightFeatures({ past, clock, timezone, guideline: "esc-2024" })
        for (const { reading } of features) {
          expect(Number.isFinite(reading?.value)).toBe(true)
          expect(past.some(({ at }) => at === reading?.at)).toBe(true)
        }
        for (const [insight, kind] of withinValues) {
          const told = features.flatMap(({ key, reading }) =>
            key === insight && reading !== null ? [reading.value] : [],
          )
          const values = past.filter((each) => each.kind === kind).map(({ value }) => value)
          const [low, high] = [Math.min(...values), Math.max(...values)]
          const rounding = 1 + 1e-9 * Math.max(Math.abs(low), Math.abs(high))
          expect(told.filter((value) => value < low - rounding || value > high + rounding)).toEqual([])
        }
      },
    ),
    { numRuns: 300 },
  )
})
