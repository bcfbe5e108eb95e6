import { existsSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { toMeasures } from "./toMeasures.ts"
import { toNight } from "./toNight.ts"
import { recorded } from "../../test/recorded.ts"

const group = (more: object = {}) => ({
  grpid: 1,
  attrib: 0,
  date: 100,
  created: 101,
  modified: 102,
  category: 1,
  deviceid: "d",
  measures: [{ value: 56300, type: 1, unit: -3 }],
  ...more,
})

describe("toMeasures", () => {
  it("keeps values exact", () => {
    const measures = [
      { value: 56300, type: 1, unit: -3 },
      { value: 7, type: 4, unit: 2 },
      { value: 36.65, type: 71, unit: 0 },
      { value: -5, type: 12, unit: -1 },
    ]
    expect(toMeasures("p", [group({ measures })]).measures.map(({ value }) => value)).toEqual([
      56.3, 700, 36.65, -0.5,
    ])
  })

  it("tells everything about a measure", () => {
    expect(
      toMeasures("p", [group({ attrib: 1, measures: [{ value: 1, type: 9999, unit: 0, position: 7 }] })]),
    ).toEqual({
      measures: [
        {
          personId: "p",
          source: "getmeas",
          group: "1",
          kind: "meastype-9999",
          position: 7,
          at: 100,
          value: 1,
          deviceId: "d",
          attribution: "ambiguous",
          modified: 102,
        },
      ],
      skipped: [],
      newestModified: 102,
    })
  })

  it("never takes an objective for a measure", () => {
    expect(toMeasures("p", [group({ category: 2 })]).measures).toEqual([])
  })

  it.each([
    [null, "is not an object"],
    [group({ grpid: null }), "has no grpid"],
    [group({ date: "soon" }), "has no date"],
    [group({ measures: undefined }), "has no list of measures"],
  ])("skips a group that cannot be placed, and keeps the others", (broken, reason) => {
    const { measures, skipped } = toMeasures("p", [broken, group({ grpid: 2 })])
    expect(skipped.map((skip) => skip.reason)).toEqual([reason])
    expect(measures.map((measure) => measure.group)).toEqual(["2"])
  })

  it.each([null, "NaN", "", {}, undefined])("skips a value of %s alone", (value) => {
    const measures = [
      { value, type: 1, unit: 0 },
      { value: 3, type: 6, unit: 0 },
    ]
    const decoded = toMeasures("p", [group({ measures })])
    expect(decoded.skipped).toEqual([{ record: "1/1", reason: "has no value that is a number" }])
    expect(decoded.measures.map(({ kind }) => kind)).toEqual(["fat-ratio"])
  })

  it("keeps one of two measures of the same kind and position", () => {
    const measures = [
      { value: 1, type: 5, unit: 0, position: 7 },
      { value: 2, type: 5, unit: 0, position: 7 },
      { value: 3, type: 5, unit: 0, position: 8 },
    ]
    expect(toMeasures("p", [group({ measures })]).measures.map(({ value }) => value)).toEqual([2, 3])
  })
})

describe.skipIf(!existsSync(recorded))(`with the recorded answers in ${recorded}`, () => {
  const read = (name: string): unknown => JSON.parse(readFileSync(`${recorded}/${name}`, "utf8"))
  const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

  it("reads every measure of a real account", () => {
    const { measures, skipped } = toMeasures("p", list(read("measurement_list.json")))
    expect(measures.length).toBe(6558)
    expect(skipped).toEqual([])
    expect(measures.filter(({ value }) => String(value).length > 8)).toEqual([])
    expect(new Set(measures.map(({ kind }) => kind)).has("weight")).toBe(true)
  })

  it("knows every type and position of a Body Scan", () => {
    const { measures } = toMeasures("p", list(read("measurement_positions.json")))
    expect(measures.filter(({ kind }) => kind.startsWith("meastype-"))).toEqual([])
    expect(measures.filter(({ kind }) => kind === "muscle-mass-segment").length).toBe(10)
  })

  it("reads every night, and no sentinel", () => {
    const answer = read("sleep_summary.json")
    const body = typeof answer === "object" && answer !== null && "body" in answer ? answer.body : null
    const series = typeof body === "object" && body !== null && "series" in body ? list(body.series) : []
    const { measures, skipped } = toNight("p", series)
    expect(skipped).toEqual([])
    expect(new Set(measures.map((measure) => measure.group)).size).toBe(300)
    expect(measures.filter(({ value }) => value < 0)).toEqual([])
    const indices = measures.filter(({ kind }) => /^(sleep|nap)-apnea-hypopnea-index$/.test(kind))
    expect(indices.length).toBe(264)
  })
})
