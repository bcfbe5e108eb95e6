import { leaks } from "./garbage.ts"
import { isAlive, send } from "./request.ts"
import type { Attack, Target } from "./Target.ts"

interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly enum?: ReadonlyArray<unknown>
  readonly anyOf?: ReadonlyArray<Schema>
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
}

interface Operation {
  readonly parameters?: ReadonlyArray<{
    readonly name: string
    readonly in: string
    readonly schema: Schema
  }>
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

/** A value that the schema allows. */
const fitting = (document: Document, schema: Schema, depth = 0): unknown => {
  if (depth > 8) return null
  const within = (part: Schema) => fitting(document, part, depth + 1)
  const named = schema.$ref?.split("/").at(-1)
  if (named !== undefined) return within(document.components?.schemas?.[named] ?? {})
  if (schema.enum !== undefined) return schema.enum[0]
  if (schema.anyOf !== undefined) return within(schema.anyOf[0] ?? {})
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, part]) => [name, within(part)]),
      )
    case "array":
      return [within(schema.items ?? {})]
    case "integer":
    case "number":
      return 1
    case "boolean":
      return true
    default:
      return "1"
  }
}

/** Values instead of what a schema allows. */
const odd: ReadonlyArray<unknown> = [
  null,
  "",
  "\u0000\ud800",
  "x".repeat(20_000),
  "../../etc/passwd",
  "' OR 1=1 --",
  -1,
  1e308,
  2 ** 53,
  true,
  [],
  {},
  { __proto__: null, constructor: 1 },
]

/** The value, and the value with each of its parts replaced by an odd one or left out. */
const spoiled = (value: unknown): ReadonlyArray<unknown> => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [value, ...odd]
  const without = (name: string) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== name))
  return [
    value,
    ...odd,
    ...Object.entries(value).flatMap(([name, part]) => [
      without(name),
      ...spoiled(part).map((other) => ({ ...value, [name]: other })),
    ]),
  ]
}

const asText = (value: unknown): string => {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "")
  return encodeURIComponent(text.slice(0, 2000).toWellFormed())
}

/** Paths of an operation: with valid parameters, and with one odd parameter each. */
const pathsOf = (document: Document, path: string, { parameters = [] }: Operation): ReadonlyArray<string> => {
  const fill = (values: ReadonlyMap<string, unknown>) => {
    const inPath = parameters
      .filter((each) => each.in === "path")
      .reduce((text, { name }) => text.replace(`{${name}}`, asText(values.get(name)) || "-"), path)
    const query = parameters
      .filter((each) => each.in === "query")
      .map(({ name }) => `${name}=${asText(values.get(name))}`)
    return query.length === 0 ? inPath : `${inPath}?${query.join("&")}`
  }
  const fit = new Map(parameters.map(({ name, schema }) => [name, fitting(document, schema)] as const))
  return [
    fill(fit),
    ...parameters.flatMap(({ name }) => odd.map((value) => fill(new Map([...fit, [name, value]])))),
  ]
}

const documentOf = async (target: Target): Promise<Document | null> => {
  const { status, text } = await send(target, { path: "/openapi.json", headers: target.headers })
  return status === 200 && text.includes('"openapi":') ? JSON.parse(text) : null
}

/** Requests that the published document of a server allows, and many that it does not, with valid credentials. */
export const openApi: Attack = {
  name: "published schema",
  run: async (target) => {
    const document = await documentOf(target)
    if (document === null) return null
    const holes: Array<string> = []
    const ask = async (method: string, path: string, body?: unknown) => {
      const headers = { ...target.headers, "content-type": "application/json" }
      const sent = body === undefined ? {} : { body: JSON.stringify(body) }
      const { status, text } = await send(target, { method, path, headers, ...sent })
      if (status >= 500) holes.push(`${method} ${path.slice(0, 100)}: answered ${status}`)
      if (leaks.test(text)) holes.push(`${method} ${path.slice(0, 100)}: the answer reveals internals`)
    }
    for (const [path, operations] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(operations)) {
        const paths = pathsOf(document, path, operation)
        const schema = operation.requestBody?.content["application/json"]?.schema
        for (const each of paths) await ask(method.toUpperCase(), each, schema && fitting(document, schema))
        for (const body of schema === undefined ? [] : spoiled(fitting(document, schema)))
          await ask(method.toUpperCase(), paths[0] ?? path, body)
      }
    if (!(await isAlive(target))) holes.push("the server no longer answers")
    return holes
  },
}
