import { kindOf, measureKinds } from "@withings-bridge/core"
import { describe, expect, it } from "vitest"
import { de } from "./de.ts"
import { en } from "./en.ts"
import { fr } from "./fr.ts"
import { germanOf } from "./german.ts"
import { names } from "./names.de.ts"

describe("German", () => {
  it("has a word for everything that can be measured, and for each verdict", () => {
    const texts = Object.keys(measureKinds).flatMap((key) => {
      const { name, verdicts = {} } = kindOf(key)
      return [name.en, ...Object.values(verdicts).map((verdict) => verdict.en)]
    })
    const without = texts.filter((text) => names[text.replace(/^Nap: /, "")] === undefined)
    expect(without).toEqual([])
  })

  it("knows the parts of a composed name", () => {
    expect(germanOf("Muscle mass (left arm)")).toBe("Muskelmasse (linker Arm)")
    expect(germanOf("Nap: Light sleep")).toBe("Mittagsschlaf: Leichtschlaf")
    expect(germanOf("Measure 991")).toBe("Measure 991")
  })
})

it("fills the same places in every language", () => {
  const placesOf = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted()
  for (const [key, sentence] of Object.entries(en))
    for (const table of [fr, de])
      expect([key, placesOf(table[key as keyof typeof en])]).toEqual([key, placesOf(sentence)])
})
