import type { Guideline } from "../insight/bloodPressure.ts"
import type { ShownValues } from "../measure/essential.ts"
import { readWeightRange, type WeightRange } from "../measure/weightRange.ts"

// How the value of a setting is read. Each answers undefined for what is not what it reads.

export const text = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : undefined

/** Ids made of digits alone are numbers for YAML. */
export const word = (value: unknown): string | undefined =>
  typeof value === "number" ? String(value) : text(value)

/** As it was written: Withings compares a callback address letter by letter, its last slash too. */
export const address = (value: unknown): string | undefined => {
  const candidate = text(value)
  if (candidate === undefined || !URL.canParse(candidate)) return undefined
  return /^https?:$/.test(new URL(candidate).protocol) ? candidate : undefined
}

/** Paths are put behind it. */
export const url = (value: unknown): string | undefined => address(value)?.replace(/\/+$/, "")

export const postgresUrl = (value: unknown): string | undefined => {
  const candidate = text(value)
  return candidate !== undefined && /^postgres(ql)?:\/\//.test(candidate) && URL.canParse(candidate)
    ? candidate
    : undefined
}

export const wholeNumber =
  (min: number, max: number) =>
  (value: unknown): number | undefined => {
    const number = typeof value === "string" && /^\d+$/.test(value.trim()) ? Number(value) : value
    return typeof number === "number" && Number.isInteger(number) && number >= min && number <= max
      ? number
      : undefined
  }

export const yesOrNo = (value: unknown): boolean | undefined =>
  value === true || value === "true" ? true : value === false || value === "false" ? false : undefined

export const oneOf =
  <A>(all: ReadonlyArray<A>) =>
  (value: unknown): A | undefined =>
    all.find((one) => one === value)

export const guideline = oneOf<Guideline>(["esc-2024", "acc-aha-2017"])

export const shownValues = oneOf<ShownValues>(["essential", "all"])

export const names = (value: unknown): ReadonlyArray<string> | undefined => {
  const list = typeof value === "string" ? value.split(",") : value
  if (!Array.isArray(list)) return undefined
  const read = list.map(word)
  return read.every((name) => name !== undefined) ? read : undefined
}

export const weightRanges = (value: unknown): ReadonlyArray<WeightRange> | undefined => {
  const read = names(value)?.map(readWeightRange)
  return read?.every((range) => range !== null) === true ? read : undefined
}
