import { invalidParams } from "../cloud/ApiFailure.ts"
import { isCalendarDay } from "../household/zone.ts"

/** The parameters of a request, whether they came in the body or in the address. */
export type Params = ReadonlyMap<string, string>

/** The largest epoch second the API takes: 32 bits without a sign. */
const latestEpoch = 4_294_967_295

export const textOf = (params: Params, name: string): string | undefined => {
  const value = params.get(name)
  return value === undefined || value === "" ? undefined : value
}

export const requiredText = (params: Params, name: string): string => {
  const value = textOf(params, name)
  if (value === undefined) throw invalidParams(`Missing ${name}`)
  return value
}

export const integerOf = (params: Params, name: string): number | undefined => {
  const value = textOf(params, name)
  if (value === undefined) return undefined
  if (!/^-?\d{1,15}$/.test(value)) throw invalidParams(`${name} has to be an integer`)
  return Number(value)
}

export const requiredInteger = (params: Params, name: string): number => {
  const value = integerOf(params, name)
  if (value === undefined) throw invalidParams(`Missing ${name}`)
  return value
}

export const epochParam = (params: Params, name: string): number | undefined => {
  const value = integerOf(params, name)
  if (value !== undefined && (value < 0 || value > latestEpoch))
    throw invalidParams(`${name} is out of range`)
  return value
}

/** `startdate` and `enddate`; a bound that is left out is infinite. */
export const dateRange = (params: Params): { from: number; to: number } => ({
  from: epochParam(params, "startdate") ?? -Infinity,
  to: epochParam(params, "enddate") ?? Infinity,
})

export const dayParam = (params: Params, name: string): string | undefined => {
  const value = textOf(params, name)
  if (value !== undefined && !isCalendarDay(value)) throw invalidParams(`${name} has to be a day, YYYY-MM-DD`)
  return value
}

export const booleanOf = (params: Params, name: string): boolean => {
  const value = textOf(params, name)?.toLowerCase()
  if (value === undefined || value === "0" || value === "false") return false
  if (value === "1" || value === "true") return true
  throw invalidParams(`${name} has to be a boolean`)
}

/** A list separated by commas. */
export const listOf = (params: Params, name: string): ReadonlyArray<string> | undefined =>
  textOf(params, name)
    ?.split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "")

export const integersOf = (params: Params, name: string): ReadonlyArray<number> | undefined =>
  listOf(params, name)?.map((item) => {
    if (!/^\d{1,9}$/.test(item)) throw invalidParams(`${name} has to be a list of integers`)
    return Number(item)
  })

/** The fields that were asked for; all if none was. Unknown names are ignored, as in the real cloud. */
export const pick = <V>(
  fields: Readonly<Record<string, V>>,
  wanted: ReadonlyArray<string> | undefined,
): Record<string, V> => {
  if (wanted === undefined) return { ...fields }
  const picked: Record<string, V> = {}
  for (const name of wanted) {
    const value = fields[name]
    if (value !== undefined) picked[name] = value
  }
  return picked
}
