import { expect, it } from "vitest"
import { configSection, configSections } from "./configFile.ts"

it("names every section of the file with its line, however it is written", () => {
  const block = "# ours\nwithings:\n  client_id: a\nmater:\n  port: 1\n"
  expect(configSections(block)).toEqual([
    { name: "withings", line: 2 },
    { name: "mater", line: 4 },
  ])
  expect(configSections('{"withings": {},\n"http": {}}')).toEqual([
    { name: "withings", line: 1 },
    { name: "http", line: 2 },
  ])
})

it("finds none in a file without sections", () => {
  expect(["", "- a", "a: [", "text"].flatMap(configSections)).toEqual([])
})

it("finds the line of every key and item of a section, or of what it is missing in", () => {
  const section = configSection(
    "config.yaml",
    "withings: {}\nmatter:\n  health: [Ann]\n  contacts:\n    - a: 1\n    - a: 2\n",
    "matter",
  )
  expect(section.value).toEqual({ health: ["Ann"], contacts: [{ a: 1 }, { a: 2 }] })
  expect([["contacts", 1, "a"], ["contacts", 1, "b"], ["health", 0], ["port"]].map(section.lineOf)).toEqual([
    6, 6, 3, 2,
  ])
  expect(configSection("config.yaml", "matter: [", "matter")).toMatchObject({
    value: undefined,
    mistakes: [{ source: "config.yaml", key: "the file" }],
  })
})
