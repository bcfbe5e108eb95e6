import { expect, it } from "vitest"
import { readConfigFile } from "./configFile.ts"
import { readSettings } from "./readSettings.ts"

const read = (yaml: string, env?: string) => {
  const { source } = readConfigFile("config.yaml", yaml)
  const variable = { key: "beds", value: env, line: null }
  const environment = { name: "the environment", entries: [variable], nameOf: () => "WITHINGS_BEDS" }
  return readSettings([environment, source])
}

it("reads the settings of each bed, from the file or as JSON from the environment", () => {
  const yaml = `withings:
  beds:
    - {bed: Ann, occupied_after: 60, clear_after: 300}
    - {bed: Sleep Ben 2, unknown: last}
    - {bed: anyone, clear_after: 900}
`
  const beds = [
    { bed: "Ann", occupiedAfter: 60, clearAfter: 300 },
    { bed: "Sleep Ben 2", unknown: "last" },
    { bed: "anyone", clearAfter: 900 },
  ]
  expect(read(yaml)).toEqual({ values: { beds }, mistakes: [] })
  expect(read("", '[{"bed": "Ann", "clear_after": 1}]').values).toEqual({
    beds: [{ bed: "Ann", clearAfter: 1 }],
  })
})

it("reports what is wrong with which bed", () => {
  const yaml = `withings:
  client_id: 1
  beds: [{bed: Ann, occupied_after: soon}, {clear_after: 5}, Ben, {bed: Ann, delay: 3}]
`
  const { mistakes, values } = read(yaml)
  expect(values).toEqual({ client_id: "1" })
  expect(mistakes.map(({ found, key, line }) => [line, key, found])).toEqual([
    [3, "withings.beds[0].occupied_after", '"soon"'],
    [3, "withings.beds[1].bed", "nothing"],
    [3, "withings.beds[2]", '"Ben"'],
    [3, "withings.beds[3].delay", "an unknown key"],
    [3, "withings.beds[3].bed", '"Ann"'],
  ])
  expect(read("withings: {beds: Ann}").mistakes).toMatchObject([{ key: "withings.beds", found: '"Ann"' }])
  expect(read("", "not JSON").mistakes).toMatchObject([{ key: "WITHINGS_BEDS", found: '"not JSON"' }])
})

it("takes bed_unknown from where Matter had it before, unless it is set for every home", () => {
  const values = (yaml: string) => read(yaml).values
  expect(values("withings: {client_id: 1}\nmatter: {bed_unknown: last}")).toMatchObject({
    bed_unknown: "last",
  })
  expect(values("rules: []\nmatter: {bed_unknown: last}")).toMatchObject({ bed_unknown: "last" })
  expect(values("withings: {bed_unknown: clear}\nmatter: {bed_unknown: last}")).toMatchObject({
    bed_unknown: "clear",
  })
  // Matter's own settings tell of it.
  expect(read("withings: {client_id: 1}\nmatter: {bed_unknown: maybe}").mistakes).toEqual([])
})
