import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { kindOf, measureKinds } from "@withings-bridge/core"
import { describe, expect, it } from "vitest"
import { germanOf } from "./german.ts"
import { names } from "./names.de.ts"

describe("German", () => {
  it("has a name for every kind of measure and every verdict", () => {
    const texts = Object.keys(measureKinds).flatMap((key) => {
      const { name, verdicts = {} } = kindOf(key)
      return [name.en, ...Object.values(verdicts).map((verdict) => verdict.en)]
    })
    const without = texts.filter((text) => names[text.replace(/^Nap: /, "")] === undefined)
    expect(without).toEqual([])
  })

  it("translates the parts of a composed name", () => {
    expect(germanOf("Muscle mass (left arm)")).toBe("Muskelmasse (linker Arm)")
    expect(germanOf("Nap: Light sleep")).toBe("Mittagsschlaf: Leichtschlaf")
    expect(germanOf("Measure 991")).toBe("Measure 991")
  })
})

it("fills the same places in every language", () => {
  const page = fileURLToPath(new URL("..", import.meta.url))
  const sources = readdirSync(page, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.tsx?$/.test(file),
  )
  const text = sources.map((file) => readFileSync(join(page, file), "utf8")).join("\n")
  const quoted = String.raw`"((?:[^"\\]|\\.)*)",?\s*`
  const rows = [...text.matchAll(new RegExp(String.raw`\[\s*${quoted}${quoted}${quoted}\]`, "g"))]
  expect(rows.length).toBeGreaterThan(300)
  const placesOf = (sentence = "") => [...sentence.matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted()
  for (const [, english, french, german] of rows)
    expect([english, placesOf(french), placesOf(german)]).toEqual([
      english,
      placesOf(english),
      placesOf(english),
    ])
})
