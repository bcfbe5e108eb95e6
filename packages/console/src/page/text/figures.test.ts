import type { Feature } from "@withings-bridge/core"
import { kindOf } from "@withings-bridge/core"
import { beforeEach, describe, expect, it } from "vitest"
import { change, figure } from "./figures.ts"
import { speak } from "./language.ts"
import { preferences, preferencesOf, readPreferences } from "./preferences.ts"

const feature = (kind: string): Feature => ({ ...kindOf(kind), kind, reading: null })
const plain = (text: string) => text.replaceAll("\u00a0", " ")
const said = (kind: string, value: number) => plain(figure(feature(kind), value))

beforeEach(() => preferences.set(preferencesOf("de-DE")))

it("shows a sleep efficiency in percent", () => {
  expect(said("sleep-efficiency", 0.94)).toBe("94%")
  expect(said("sleep-awake-count", 1)).toBe("1")
})

it("writes a minus sign, not a hyphen", () => {
  expect(said("weight-change-7-days", -1.25)).toMatch(/^−1\.\d+ kg$/)
})

describe("units", () => {
  it("are those of the browser's region", () => {
    expect(preferencesOf("en-US")).toEqual({
      mass: "lb",
      length: "imperial",
      temperature: "fahrenheit",
      pressure: "mmHg",
      firstDay: "7",
    })
    expect(preferencesOf("en-GB")).toMatchObject({ mass: "st", temperature: "celsius", firstDay: "1" })
    expect(preferencesOf("ar-EG")).toMatchObject({ mass: "kg", firstDay: "6" })
    expect(preferencesOf("en")).toMatchObject({ mass: "kg", length: "metric", temperature: "celsius" })
  })

  it("are the chosen ones, unless the stored choice is invalid", () => {
    expect(readPreferences("en-US", { mass: "st", pressure: "kPa", firstDay: "x" })).toMatchObject({
      mass: "st",
      pressure: "kPa",
      firstDay: "7",
    })
  })

  it("are written in the usual way", () => {
    expect(said("height", 1.82)).toBe("182 cm")
    preferences.set(preferencesOf("en-US"))
    expect([said("weight", 72.4), said("height", 1.82), said("body-temperature", 37)]).toEqual([
      "159.6 lb",
      "6′ 0″",
      "98.6 °F",
    ])
    expect(said("distance", 5000)).toBe("3.11 mi")
    preferences.set(readPreferences("en-GB", { pressure: "kPa" }))
    expect([said("weight", 72.4), said("fat-mass", 12), said("blood-pressure-systolic", 120)]).toEqual([
      "11 st 5.6 lb",
      "26.5 lb",
      "16 kPa",
    ])
    // 13.95 pounds are no "11 st 14 lb".
    expect(said("weight", 76.2035)).toBe("12 st 0 lb")
  })

  it("convert a difference without the offset of the scale", () => {
    preferences.set(preferencesOf("en-US"))
    expect(plain(change(feature("skin-temperature"), 1))).toBe("+1.8 °F")
    preferences.set(preferencesOf("en-GB"))
    expect(plain(change(feature("weight"), -1))).toBe("−2.2 lb")
  })
})

it("speaks German and French", async () => {
  await speak("de")
  expect([said("weight", 72.4), said("afib-ecg", 0)]).toEqual(["72,4 kg", "Negativ"])
  await speak("fr")
  expect(said("sleep-efficiency", 0.94)).toBe("94 %")
  await speak("en")
})
