import { expect, it } from "vitest"
import { configSections } from "./configFile.ts"

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

it("names none of what has no sections", () => {
  expect(["", "- a", "a: [", "text"].flatMap(configSections)).toEqual([])
})
