import type { Guideline } from "../insight/bloodPressure.ts"
import type { ShownValues } from "../measure/essential.ts"
import { readWeightRange, type WeightRange } from "../measure/weightRange.ts"

/** JSON Schema of a value, for editors. */
export type Shape = Readonly<Record<string, unknown>>

/** Reads the value of a setting; undefined when it is not acceptable. */
export type Reader<A> = ((value: unknown) => A | undefined) & { readonly shape?: Shape }

export const shaped = <A>(shape: Shape, read: (value: unknown) => A | undefined): Reader<A> =>
  Object.assign(read, { shape })

export const text = shaped({ type: "string" }, (value) =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : undefined,
)

/** Ids made of digits alone are numbers for YAML. */
export const word = shaped({ type: ["string", "number"] }, (value) =>
  typeof value === "number" ? String(value) : text(value),
)

/** Kept exactly as written: Withings compares a callback address letter by letter, including a trailing slash. */
export const addressOf = (pattern: string) =>
  shaped({ type: "string", pattern }, (value) => {
    const candidate = text(value)
    return candidate !== undefined && new RegExp(pattern, "i").test(candidate) && URL.canParse(candidate)
      ? candidate
      : undefined
  })

export const address = addressOf("^https?://")

/** An address to which paths are appended. */
export const url = shaped({ type: "string", pattern: "^https?://" }, (value) =>
  address(value)?.replace(/\/+$/, ""),
)

export const wholeNumber = (min: number, max: number) =>
  shaped({ type: "integer", minimum: min, maximum: max }, (value) => {
    const number = typeof value === "string" && /^\d+$/.test(value.trim()) ? Number(value) : value
    return typeof number === "number" && Number.isInteger(number) && number >= min && number <= max
      ? number
      : undefined
  })

export const yesOrNo = shaped({ type: "boolean" }, (value) =>
  value === true || value === "true" ? true : value === false || value === "false" ? false : undefined,
)

export const oneOf = <A>(all: ReadonlyArray<A>) =>
  shaped({ enum: all }, (value) => all.find((one) => one === value))

export const guideline = oneOf<Guideline>(["esc-2024", "acc-aha-2017"])

export const shownValues = oneOf<ShownValues>(["essential", "all"])

const namesShape = { type: ["array", "string"], items: { type: ["string", "number"] } }

export const names = shaped<ReadonlyArray<string>>(namesShape, (value) => {
  const list = typeof value === "string" ? value.split(",") : value
  if (!Array.isArray(list)) return undefined
  const read = list.map(word)
  return read.every((name) => name !== undefined) ? read : undefined
})

const range = "^\\S.*\\s\\d{1,3}(\\.\\d+)?\\s*[-–]\\s*\\d{1,3}(\\.\\d+)?(\\s*kg)?$"
const rangesShape = { type: "array", items: { type: "string", pattern: range } }

export const weightRanges = shaped<ReadonlyArray<WeightRange>>(rangesShape, (value) => {
  const read = names(value)?.map(readWeightRange)
  return read?.every((range) => range !== null) === true ? read : undefined
})
