import { describe, expect, it } from "vitest"
import { toFeature } from "../device/toFeature.ts"
import { essentialKinds } from "./essential.ts"
import { kindOf, measureKinds } from "./measureKinds.ts"
import { positionName } from "./Position.ts"

const featureKeysOf = (kind: string, position: number) => {
  const { key, essential } = toFeature(kind, position, null)
  return { key, essential }
}

describe("the vocabulary", () => {
  const kinds = Object.entries(measureKinds)

  it("gives every kind a plain key, both names, a range and sane decimals", () => {
    for (const [key, kind] of kinds) {
      expect(key).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
      expect(kind.name.en.trim()).not.toBe("")
      expect(kind.name.fr.trim()).not.toBe("")
      expect(kind.min).toBeLessThan(kind.max)
      expect([0, 1, 2, 3]).toContain(kind.decimals)
    }
  })

  it("never names two kinds alike, in neither language", () => {
    for (const language of ["en", "fr"] as const) {
      const names = kinds.map(([, kind]) => kind.name[language])
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    }
  })

  it("gives a verdict, and only a verdict, its meanings, and no unit", () => {
    for (const [, kind] of kinds) {
      expect(kind.verdicts !== undefined).toBe(kind.nature === "verdict")
      expect(kind.nature === "verdict" && kind.unit !== null).toBe(false)
    }
    expect(measureKinds["afib-ecg"]).toMatchObject({
      min: 0,
      max: 13,
      verdicts: { 13: { en: "No diagnosis" } },
    })
  })

  it("writes LOINC codes with their check digit", () => {
    for (const [, { loinc }] of kinds) {
      if (loinc === undefined) continue
      const [number = "", check] = loinc.split("-")
      const digits = [...number].toReversed().map(Number)
      const sum = digits
        .map((digit, index) => (index % 2 === 0 ? digit * 2 : digit))
        .reduce((total, part) => total + Math.floor(part / 10) + (part % 10), 0)
      expect(`${loinc}: ${(10 - (sum % 10)) % 10}`).toBe(`${loinc}: ${check}`)
    }
  })

  it("marks about a dozen values of each category as essential, and none of naps or minutes", () => {
    const essential = kinds.filter(([, kind]) => kind.essential === true)
    for (const category of new Set(kinds.map(([, kind]) => kind.category)))
      expect(essential.filter(([, kind]) => kind.category === category).length).toBeLessThanOrEqual(14)
    expect(essential.filter(([key]) => /^(nap|night|intraday)-/.test(key))).toEqual([])
    expect(essential).toHaveLength(essentialKinds.size)
    expect(featureKeysOf("muscle-mass", 12)).toEqual({ key: "muscle-mass@12", essential: undefined })
    expect(featureKeysOf("muscle-mass", 7)).toEqual({ key: "muscle-mass", essential: true })
  })

  it("keeps naps apart from nights", () => {
    expect(measureKinds["nap-duration"]).toMatchObject({
      key: "nap-duration",
      name: { en: "Nap: Sleep duration" },
    })
    expect(measureKinds["nap-duration"].loinc).toBeUndefined()
  })

  it("shows what no table knows under its number", () => {
    expect(kindOf("meastype-999")).toMatchObject({
      key: "meastype-999",
      name: { en: "Measure of type 999", fr: "Mesure de type 999" },
      unit: null,
      category: "other",
      nature: "value",
    })
    expect(kindOf("toString").category).toBe("other")
    expect(kindOf("weight")).toBe(measureKinds.weight)
    expect(positionName(99).en).toBe("position 99")
    expect(positionName(7).en).toBe("whole body")
  })
})
