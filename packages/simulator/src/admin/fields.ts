/** The body of an admin request: a JSON object whose fields are checked when they are read. */
export type Fields = Readonly<Record<string, unknown>>

/** What is wrong with an admin request, in words for who wrote it. */
export class AdminMistake extends Error {}

const mistake = (name: string, what: string): AdminMistake =>
  new AdminMistake(`The field "${name}" has to be ${what}.`)

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const text = (fields: Fields, name: string): string => {
  const value = fields[name]
  if (typeof value !== "string" || value === "") throw mistake(name, "a text")
  return value
}

export const optionalText = (fields: Fields, name: string): string | undefined =>
  fields[name] === undefined ? undefined : text(fields, name)

export const number = (fields: Fields, name: string): number => {
  const value = fields[name]
  if (typeof value !== "number" || !Number.isFinite(value)) throw mistake(name, "a number")
  return value
}

export const optionalNumber = (fields: Fields, name: string): number | undefined =>
  fields[name] === undefined ? undefined : number(fields, name)

export const flag = (fields: Fields, name: string, otherwise: boolean): boolean => {
  const value = fields[name] ?? otherwise
  if (typeof value !== "boolean") throw mistake(name, "true or false")
  return value
}

export const oneOf = <T extends string>(fields: Fields, name: string, choices: ReadonlyArray<T>): T => {
  const found = choices.find((choice) => choice === fields[name])
  if (found === undefined) throw mistake(name, `one of ${choices.join(", ")}`)
  return found
}
