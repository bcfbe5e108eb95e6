/** One setting that cannot be used, and why. */
export interface Mistake {
  /** Where it stands: "rules[1].when". */
  readonly setting: string
  readonly reason: string
}

/** Reads one setting; what cannot be used is told in `mistakes`, and undefined or the default is answered. */
export type Reader<A> = (value: unknown, at: string, mistakes: Array<Mistake>) => A | undefined

/** As a {@link Reader}, but always with an answer. */
export type TotalReader<A> = (value: unknown, at: string, mistakes: Array<Mistake>) => A

export type Readers<A> = { readonly [Key in keyof A]: TotalReader<A[Key]> }
type RecordReaders<A> = { readonly [Key in keyof A]: Reader<A[Key]> }

const longestText = 1000
const longestList = 100

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The settings page stores an emptied field as "" or null: both mean "not set". */
export const isUnset = (value: unknown) => value === undefined || value === null || value === ""

const own = (object: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined

/** Nothing secret may stand in a log, not even mistyped. */
const shown = (value: unknown, secret = false): string => {
  if (secret || isObject(value) || Array.isArray(value))
    return Array.isArray(value) ? "a list" : `a ${typeof value}`
  return typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : String(value)
}

export const text =
  (options: { readonly required?: boolean; readonly secret?: boolean }): Reader<string> =>
  (value, at, mistakes) => {
    if (isUnset(value)) {
      if (options.required) mistakes.push({ setting: at, reason: "is missing" })
      return undefined
    }
    if (typeof value !== "string" || value.length > longestText) {
      mistakes.push({ setting: at, reason: `has to be a text, not ${shown(value, options.secret)}` })
      return undefined
    }
    const trimmed = value.trim()
    if (trimmed === "" && options.required) mistakes.push({ setting: at, reason: "is missing" })
    return trimmed === "" ? undefined : trimmed
  }

export const url =
  (options: { readonly required?: boolean }): Reader<string> =>
  (value, at, mistakes) => {
    const found = text(options)(value, at, mistakes)
    if (found === undefined) return undefined
    const parsed = URL.canParse(found) ? new URL(found) : null
    if (parsed !== null && (parsed.protocol === "https:" || parsed.protocol === "http:")) return found
    mistakes.push({
      setting: at,
      reason: `has to be an address beginning with https:// or http://, not ${shown(found)}`,
    })
    return undefined
  }

export const number =
  (options: { readonly min: number; readonly max: number; readonly whole?: boolean }): Reader<number> =>
  (value, at, mistakes) => {
    if (isUnset(value)) return undefined
    const wanted = `${options.whole ? "a whole number" : "a number"} from ${options.min} to ${options.max}`
    const fits = typeof value === "number" && value >= options.min && value <= options.max
    if (fits && (!options.whole || Number.isInteger(value))) return value
    mistakes.push({ setting: at, reason: `has to be ${wanted}, not ${shown(value)}` })
    return undefined
  }

export const flag =
  (byDefault: boolean): TotalReader<boolean> =>
  (value, at, mistakes) => {
    if (typeof value === "boolean") return value
    if (!isUnset(value))
      mistakes.push({ setting: at, reason: `has to be true or false, not ${shown(value)}` })
    return byDefault
  }

/** Without a default, a value is required. */
export function oneOf<A extends string>(choices: ReadonlyArray<A>, byDefault: A): TotalReader<A>
export function oneOf<A extends string>(choices: ReadonlyArray<A>, byDefault: null): Reader<A>
export function oneOf<A extends string>(choices: ReadonlyArray<A>, byDefault: A | null): Reader<A> {
  return (value, at, mistakes) => {
    const found = choices.find((choice) => choice === value)
    if (found !== undefined) return found
    const wanted = `has to be one of ${choices.join(", ")}`
    if (!isUnset(value)) mistakes.push({ setting: at, reason: `${wanted}, not ${shown(value)}` })
    else if (byDefault === null) mistakes.push({ setting: at, reason: `is missing: it ${wanted}` })
    return byDefault ?? undefined
  }
}

export const optional =
  <A>(reader: Reader<A>): TotalReader<A | null> =>
  (value, at, mistakes) =>
    isUnset(value) ? null : (reader(value, at, mistakes) ?? null)

export const withDefault =
  <A>(reader: Reader<A>, byDefault: A): TotalReader<A> =>
  (value, at, mistakes) =>
    isUnset(value) ? byDefault : (reader(value, at, mistakes) ?? byDefault)

/** Entries that cannot be used are left out. */
export const listOf =
  <A>(reader: Reader<A>): TotalReader<ReadonlyArray<A>> =>
  (value, at, mistakes) => {
    if (isUnset(value)) return []
    if (!Array.isArray(value)) {
      mistakes.push({ setting: at, reason: `has to be a list, not ${shown(value)}` })
      return []
    }
    if (value.length > longestList)
      mistakes.push({ setting: at, reason: `has more than ${longestList} entries` })
    return value
      .slice(0, longestList)
      .flatMap((entry: unknown, index) => reader(entry, `${at}[${index}]`, mistakes) ?? [])
  }

/** A record is used only when each of its fields can be. */
export const record =
  <A extends object>(readers: RecordReaders<A>): Reader<A> =>
  (value, at, mistakes) => {
    if (!isObject(value)) {
      mistakes.push({ setting: at, reason: `has to be a group of settings, not ${shown(value)}` })
      return undefined
    }
    const before = mistakes.length
    const found: Partial<A> = {}
    for (const key in readers) {
      const field = readers[key](own(value, key), `${at}.${key}`, mistakes)
      if (field !== undefined) found[key] = field
    }
    return mistakes.length === before && isWhole(found, readers) ? found : undefined
  }

const isWhole = <A extends object>(found: Partial<A>, readers: RecordReaders<A>): found is A =>
  Object.keys(readers).every((key) => key in found)

export const fields = <A extends object>(
  readers: Readers<A>,
  given: Readonly<Record<string, unknown>>,
  prefix: string,
  mistakes: Array<Mistake>,
): A => {
  const found: Partial<A> = {}
  for (const key in readers) found[key] = readers[key](own(given, key), `${prefix}${key}`, mistakes)
  if (!isWhole(found, readers)) throw new Error("a setting has no reader")
  return found
}
