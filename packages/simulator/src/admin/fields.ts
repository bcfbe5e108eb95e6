/** The body of an admin request: a JSON object whose fields are checked when they are read. */
export type Fields = Readonly<Record<string, unknown>>

/** A field of an admin request. `example` is what GET /admin/operations shows for it. */
export interface Field<T> {
  readonly name: string
  readonly example: unknown
  /** Throws an AdminMistake. */
  readonly read: (value: unknown) => T
}

/** A mistake in an admin request, worded for its author. */
export class AdminMistake extends Error {}

const mistake = (name: string, what: string): AdminMistake =>
  new AdminMistake(`The field "${name}" has to be ${what}.`)

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const text = (name: string, example: string): Field<string> => ({
  name,
  example,
  read: (value) => {
    if (typeof value !== "string" || value === "") throw mistake(name, "a text")
    return value
  },
})

export const number = (name: string, example: number): Field<number> => ({
  name,
  example,
  read: (value) => {
    if (typeof value !== "number" || !Number.isFinite(value)) throw mistake(name, "a number")
    return value
  },
})

export const optional = <T>(field: Field<T>): Field<T | undefined> => ({
  ...field,
  read: (value) => (value === undefined ? undefined : field.read(value)),
})

/** False or true; `otherwise` when it is left out. */
export const flag = (name: string, otherwise: boolean): Field<boolean> => ({
  name,
  example: otherwise,
  read: (value = otherwise) => {
    if (typeof value !== "boolean") throw mistake(name, "true or false")
    return value
  },
})

export const oneOf = <T extends string>(name: string, choices: ReadonlyArray<T>, example: T): Field<T> => ({
  name,
  example,
  read: (value) => {
    const found = choices.find((choice) => choice === value)
    if (found === undefined) throw mistake(name, `one of ${choices.join(", ")}`)
    return found
  },
})
