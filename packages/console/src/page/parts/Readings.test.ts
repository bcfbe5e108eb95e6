import { isShown, kindOf, measureKinds, type Feature } from "@withings-bridge/core"
import { expect, it } from "vitest"
import { seenAtOnce } from "./Readings.tsx"

const features = Object.keys(measureKinds).map((key): Feature => {
  const { category, decimals, essential, max, min, name, nature, unit } = kindOf(key)
  const own = { key, kind: key, category, decimals, max, min, name, nature, unit, reading: null }
  return essential === true ? { ...own, essential } : own
})

it.each(["essential", "all"] as const)("lists show at once what homes show: %s", (values) => {
  const { atOnce, more } = seenAtOnce(features, values)
  expect(atOnce).toEqual(features.filter((feature) => isShown(feature, values)))
  expect(new Set([...atOnce, ...more])).toEqual(new Set(features))
  expect(more.length > 0).toBe(values === "essential")
})
