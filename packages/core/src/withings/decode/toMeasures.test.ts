import { existsSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { toMeasures } from "./toMeasures.ts"
import { toNight } from "./toNight.ts"
import { recorded } from "../../../test/recorded.ts"
import { PersonId } from "../../measure/Person.ts"

const group = (more: object = {}) => ({
  grpid: 1,
  attrib: 0,
  date: 1_600_000_000,
  created: 1_600_000_001,
  modified: 1_600_000_002,
  category: 1,
  deviceid: "d",
  measures: [{ value: 56300, type: 1, unit: -3 }],
  ...more,
})

const noTime = "has no date between 1990 and two days from now"

describe("toMeasures", () => {
  it("keeps values exact", () => {
    const measures = [
      { value: 56300, type: 1, unit: -3 },
      { value: 7, type: 4, unit: 2 },
      { value: 36.65, type: 71, unit: 0 },
      { value: -5, type: 12, unit: -1 },
    ]
    expect(toMeasures(PersonId("p"), [group({ measures })]).measures.map(({ value }) => value)).toEqual([
      56.3, 700, 36.65, -0.5,
    ])
  })

  it("tells everything about a measure", () => {
    expect(
      toMeasures(PersonId("p"), [
        group({ attrib: 1, measures: [{ value: 1, type: 9999, unit: 0, position: 7 }] }),
      ]),
    ).toEqual({
      measures: [
        {
          personId: "p",
          source: "getmeas",
          group: "1",
          kind: "meastype-9999",
          position: 7,
          at: 1_600_000_000,
          value: 1,
          deviceId: "d",
          attribution: "ambiguous",
          modified: 1_600_000_002,
        },
      ],
      skipped: [],
      newestModified: 1_600_000_002,
    })
  })

  it("never takes an objective for a measure", () => {
    expect(toMeasures(PersonId("p"), [group({ category: 2 })]).measures).toEqual([])
  })

  it.each([
    [null, "is not an object"],
    [group({ grpid: null }), "has no grpid"],
    [group({ date: null }), "has no date"],
    [group({ date: "soon" }), noTime],
    [group({ date: 1e17 }), noTime],
    [group({ date: 1_600_000_000_000 }), noTime],
    [group({ date: 1_700_000_000 + 3 * 86_400 }), noTime],
    [group({ grpid: "1\u0000" }), "has no grpid that is plain text"],
    [group({ measures: undefined }), "has no list of measures"],
  ])("skips a group that cannot be placed, and keeps the others", (broken, reason) => {
    const { measures, skipped } = toMeasures(PersonId("p"), [broken, group({ grpid: 2 })], 1_700_000_000)
    expect(skipped.map((skip) => skip.reason)).toEqual([reason])
    expect(measures.map((measure) => measure.group)).toEqual(["2"])
  })

  it.each([null, "NaN", "", {}, undefined])("skips a value of %s alone", (value) => {
    const measures = [
      { value, type: 1, unit: 0 },
      { value: 3, type: 6, unit: 0 },
    ]
    const decoded = toMeasures(PersonId("p"), [group({ measures })])
    expect(decoded.skipped).toEqual([{ record: "1/1", reason: "has no value that is a number" }])
    expect(decoded.measures.map(({ kind }) => kind)).toEqual(["fat-ratio"])
  })

  it("keeps one of two measures of the same kind and position", () => {
    const measures = [
      { value: 1, type: 5, unit: 0, position: 7 },
      { value: 2, type: 5, unit: 0, position: 7 },
      { value: 3, type: 5, unit: 0, position: 8 },
    ]
    expect(toMeasures(PersonId("p"), [group({ measures })]).measures.map(({ value }) => value)).toEqual([
      2, 3,
    ])
  })

  it("takes a whole second and no later change than the present", () => {
    const changed = group({ date: 1_600_000_000.7, modified: 4_102_444_800, created: 1e17 })
    const { measures, newestModified } = toMeasures(PersonId("p"), [changed], 1_700_000_000)
    expect(measures[0]).toMatchObject({ at: 1_600_000_000, modified: 1_600_000_000 })
    expect(newestModified).toBe(1_600_000_000)
  })

  it.each([
    { unit: undefined },
    { unit: "x" },
    { value: 1e12 },
    { position: 1.5 },
    { position: 1e9 },
    { type: 1.5 },
  ])("skips a measure alone that cannot be: %j", (more) => {
    const measures = [
      { value: 1, type: 1, unit: 0, ...more },
      { value: 3, type: 6, unit: 0 },
    ]
    const decoded = toMeasures(PersonId("p"), [group({ measures })])
    expect(decoded.skipped.length).toBe(1)
    expect(decoded.measures.map(({ kind }) => kind)).toEqual(["fat-ratio"])
  })

  it("reads a hundred thousand measures in one group without looking through them for each", () => {
    const twins = Array.from({ length: 100_000 }, (_, value) => ({ value, type: 1, unit: -3 }))
    expect(toMeasures(PersonId("p"), [group({ measures: twins })]).measures).toMatchObject([
      { value: 99.999 },
    ])
    const many = twins.map((one, type) => ({ ...one, type }))
    const { measures, skipped } = toMeasures(PersonId("p"), [group({ measures: many })])
    expect(measures.length).toBe(1000)
    expect(skipped).toEqual([{ record: "1", reason: "has more than 1000 measures: the rest is left out" }])
  })
})

describe.skipIf(!existsSync(recorded))(`with the recorded answers in ${recorded}`, () => {
  const read = (name: string): unknown => JSON.parse(readFileSync(`${recorded}/${name}`, "utf8"))
  const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

  it("reads every measure of a real account", () => {
    const { measures, skipped } = toMeasures(PersonId("p"), list(read("measurement_list.json")))
    expect(measures.length).toBe(6558)
    expect(skipped).toEqual([])
    expect(measures.filter(({ value }) => String(value).length > 8)).toEqual([])
    expect(new Set(measures.map(({ kind }) => kind)).has("weight")).toBe(true)
  })

  it("knows every type and position of a Body Scan", () => {
    const { measures } = toMeasures(PersonId("p"), list(read("measurement_positions.json")))
    expect(measures.filter(({ kind }) => kind.startsWith("meastype-"))).toEqual([])
    expect(measures.filter(({ kind }) => kind === "muscle-mass-segment").length).toBe(10)
  })

  it("reads every night, and no sentinel", () => {
    const answer = read("sleep_summary.json")
    const body = typeof answer === "object" && answer !== null && "body" in answer ? answer.body : null
    const series = typeof body === "object" && body !== null && "series" in body ? list(body.series) : []
    const { measures, skipped } = toNight(PersonId("p"), series)
    expect(skipped).toEqual([])
    expect(new Set(measures.map((measure) => measure.group)).size).toBe(300)
    expect(measures.filter(({ value }) => value < 0)).toEqual([])
    const indices = measures.filter(({ kind }) => /^(sleep|nap)-apnea-hypopnea-index$/.test(kind))
    expect(indices.length).toBe(264)
  })
})
