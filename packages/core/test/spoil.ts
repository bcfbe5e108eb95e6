import { FastCheck } from "effect"

/** A change to one place of an answer. */
export interface Spoil {
  /** The child to take at each level, modulo their number, until there is none. */
  readonly path: ReadonlyArray<number>
  readonly how: keyof typeof ways
  /** Also in every sibling record. */
  readonly everywhere: boolean
}

type Json = unknown

const missing = Symbol("missing")
/** Stands for this many nested brackets, which `JSON.stringify` cannot write. */
const brackets = (count: number) => `brackets ${count}!`
const anyBrackets = /"brackets (\d+)!"/g

const isRecord = (json: Json): json is Record<string, Json> =>
  typeof json === "object" && json !== null && !Array.isArray(json)

const numberOf = (json: Json): number => (typeof json === "number" && json !== 0 ? json : 1)
const textOf = (json: Json): string => (typeof json === "string" ? json : String(numberOf(json)))

const ofAnotherType = (json: Json): Json => {
  if (Array.isArray(json)) return { 0: json[0] }
  if (isRecord(json)) return Object.values(json)
  return typeof json === "string" ? 7 : "seven"
}

const ways = {
  missing: () => missing,
  null: () => null,
  "another type": ofAnotherType,
  true: () => true,
  "as text": (json: Json) => textOf(json),
  huge: () => 1e308,
  "huge and whole": () => 1e17,
  "as milliseconds": (json: Json) => numberOf(json) * 1000,
  tiny: () => 1e-300,
  negative: (json: Json) => -Math.abs(numberOf(json)),
  "very negative": () => -1e15,
  fractional: (json: Json) => numberOf(json) + 0.5,
  twice: (json: Json) => [json, json],
  "a thousand times": (json: Json) => Array.from({ length: 1000 }, () => json),
  "an empty list": () => [],
  "an empty object": () => ({}),
  "nested a little": () => brackets(20),
  "nested deeply": () => brackets(100_000),
  "with NUL": (json: Json) => `${textOf(json)}\u0000`,
  "with half a character": (json: Json) => `\ud83d${textOf(json)}`,
  "with control characters": (json: Json) => `\u001b[2J\r\n${textOf(json)}\u202e`,
  "very long": (json: Json) => textOf(json).padEnd(100_000, "x"),
  "of a prototype": () => ({ __proto__: null, constructor: "x", toString: 1 }),
} as const

/** Levels of the deepest answer. */
const deepest = 7

export const anySpoil: FastCheck.Arbitrary<Spoil> = FastCheck.record({
  path: FastCheck.array(FastCheck.nat(1000), { minLength: 1, maxLength: deepest }),
  how: FastCheck.constantFrom(...(Object.keys(ways) as Array<keyof typeof ways>)),
  everywhere: FastCheck.boolean(),
})

/** Changes the value of a key. A doubled list entry becomes two entries. */
const put = (parent: Json, key: string, { how }: Spoil): void => {
  if (Array.isArray(parent)) {
    const spoiled = ways[how](parent[Number(key)])
    if (spoiled === missing) parent.splice(Number(key), 1)
    else if (Array.isArray(spoiled) && spoiled.length > 0) parent.splice(Number(key), 1, ...spoiled)
    else parent[Number(key)] = spoiled
  } else if (isRecord(parent)) {
    const spoiled = ways[how](parent[key])
    if (spoiled === missing) delete parent[key]
    else parent[key] = spoiled
  }
}

/** Spoils a place of an answer and returns the keys that lead there. */
const spoilOne = (root: Json, spoil: Spoil): ReadonlyArray<string> => {
  const keys: Array<string> = []
  let siblings: ReadonlyArray<Json> = []
  let parent: Json = root
  for (const [level, nth] of spoil.path.entries()) {
    if (typeof parent !== "object" || parent === null) break
    const names = Object.keys(parent)
    if (names.length === 0) break
    const key = names[nth % names.length] ?? ""
    keys.push(key)
    const child: Json = Reflect.get(parent, key)
    const isLast = level === spoil.path.length - 1 || typeof child !== "object" || child === null
    if (isLast) {
      const places = spoil.everywhere && siblings.length > 0 ? siblings : [parent]
      for (const place of places) put(place, key, spoil)
      break
    }
    siblings = Array.isArray(parent) ? parent : Array.isArray(child) ? [] : siblings
    parent = child
  }
  return keys
}

export const toText = (json: Json): string =>
  JSON.stringify(json).replace(
    anyBrackets,
    (_, count: string) => "[".repeat(Number(count)) + "]".repeat(Number(count)),
  )

/** The spoiled answer as sent, and the spoiled places. */
export const spoiled = (answer: string, spoils: ReadonlyArray<Spoil>) => {
  const json: Json = JSON.parse(answer)
  const places = spoils.map((spoil) => spoilOne(json, spoil))
  return { text: toText(json), places }
}
