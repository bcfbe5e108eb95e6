import { readFileSync } from "node:fs"
import { parse } from "yaml"

/** The parts of an OpenAPI schema that Withings' document uses. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly enum?: ReadonlyArray<string | number>
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly description?: string
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema: { readonly type: string }
  readonly description?: string
}

interface Operation {
  readonly operationId: string
  readonly parameters?: ReadonlyArray<Parameter>
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Discriminated }>> }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >
}

interface Discriminated {
  readonly discriminator?: { readonly mapping: Readonly<Record<string, string>> }
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>> | []>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
  readonly tags: ReadonlyArray<{ readonly name: string; readonly description: string }>
}

/** One way to call one action, as the document describes it. */
export interface Documented {
  readonly operationId: string
  readonly path: string
  readonly parameters: ReadonlyArray<Parameter>
  readonly answer: Schema | undefined
}

const lastSegment = (ref: string): string => ref.split("/").at(-1) ?? ""

/** The parameters in the schema of a request body. */
const parametersOf = (schema: Schema | undefined): ReadonlyArray<Parameter> =>
  Object.entries(schema?.properties ?? {}).map(([name, { type, description }]) => ({
    name,
    in: "body",
    required: true,
    schema: { type: type ?? "string" },
    ...(description === undefined ? {} : { description }),
  }))

export const readOpenApi = (file: string) => {
  const document: Document = parse(readFileSync(file, "utf8"))
  const { schemas } = document.components

  const resolve = (schema: Schema | undefined): Schema => {
    if (!schema) return {}
    return schema.$ref === undefined ? schema : resolve(schemas[lastSegment(schema.$ref)])
  }

  const operations = Object.entries(document.paths).flatMap(([address, methods]): Array<Documented> => {
    // The document distinguishes paths with several actions by spaces around them.
    const path = address.trim().replace(/^https:\/\/[^/]+/, "")
    return Object.values(methods).flatMap((operation) => {
      const answer = operation.responses["200"]?.content?.["application/json"]?.schema
      const base = { operationId: operation.operationId, path, answer }
      const bodies = Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema }) =>
        Object.values(schema.discriminator?.mapping ?? {}),
      )
      if (bodies.length === 0) return [{ ...base, parameters: operation.parameters ?? [] }]
      return bodies.map((ref) => ({ ...base, parameters: parametersOf(schemas[lastSegment(ref)]) }))
    })
  })

  /** The family of each status, from the table in the document's text. */
  const table = document.tags.find(({ name }) => name === "response_status")?.description ?? ""
  const families = [...table.matchAll(/<td>(\d+)(?:\.{2,3}(\d+))?<\/td><td>([^<]+)<\/td>/g)].map(
    ([, first, last, family]) => ({
      from: Number(first),
      to: Number(last ?? first),
      family: family?.replace(/\s+/g, " "),
    }),
  )
  const familyOf = (status: number): string =>
    families.find(({ from, to }) => status >= from && status <= to)?.family ?? "undocumented"

  return { operations, resolve, familyOf }
}

/** Parameters that a parameter must not be used with: "DO NOT USE WITH FOLLOWING PARAMS: [a, b]". */
export const excludedBy = ({ description = "" }: Parameter): ReadonlyArray<string> =>
  /DO NOT USE WITH FOLLOWING PARAMS[^[]*\[([^\]]*)\]/i
    .exec(description.replace(/<[^>]+>|`/g, ""))?.[1]
    ?.split(",")
    .map((name) => name.trim()) ?? []

const typeOf = (value: unknown): string => {
  if (value === null) return "null"
  if (Array.isArray(value)) return "array"
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number"
  return typeof value
}

const fits = (type: string | undefined, actual: string): boolean =>
  type === undefined || type === actual || (type === "number" && actual === "integer")

/** Differences of an answer from its schema: "body.x: what". Items of lists are `[]`, epoch keys `*`. */
export const differences = (
  schema: Schema,
  resolve: (schema: Schema) => Schema,
  value: unknown,
  at = "",
): ReadonlySet<string> => {
  const found = new Set<string>()
  const resolved = resolve(schema)
  const actual = typeOf(value)
  if (!fits(resolved.type, actual)) {
    found.add(`${at}: ${actual}, not ${resolved.type}`)
    return found
  }
  if (resolved.enum && !resolved.enum.some((one) => one === value)) found.add(`${at}: not in the enumeration`)
  const add = (more: ReadonlySet<string>): void => more.forEach((one) => found.add(one))
  if (Array.isArray(value)) {
    for (const item of value) add(differences(resolved.items ?? {}, resolve, item, `${at}[]`))
  } else if (typeof value === "object" && value !== null) {
    const { properties = {} } = resolved
    for (const [key, item] of Object.entries(value)) {
      const property = properties[key] ?? properties["$timestamp"]
      const name = properties[key] ? key : "*"
      if (property) add(differences(property, resolve, item, `${at}.${name}`))
      else found.add(`${at}.${key}: in no list of the document`)
    }
  }
  return found
}
