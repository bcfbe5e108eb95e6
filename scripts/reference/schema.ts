import { groupShape } from "../../packages/core/src/config/fieldShape.ts"
import type { Shape } from "../../packages/core/src/config/readers.ts"
import type { Setting, SettingsTable } from "../../packages/core/src/config/settings.ts"
import { conditions } from "../../packages/core/src/rule/conditions.ts"
import { ofEach } from "../../packages/core/src/rule/readRules.ts"
import { sections } from "./sections.ts"

/** Allows an empty key, which is not filled in yet. */
const orEmpty = (shape: Shape): Shape =>
  "enum" in shape && Array.isArray(shape["enum"])
    ? { ...shape, enum: [...shape["enum"], null] }
    : "type" in shape
      ? { ...shape, type: [shape["type"], "null"].flat() }
      : shape

/** Without links, which lead nowhere in an editor. */
const plain = (markdown: string) => markdown.replaceAll(/\[([^\]]*)\]\([^)]*\)/gu, "$1")

const shapeOf = ({ about, read, wanted }: Setting<unknown>): Shape => ({
  ...orEmpty(read.shape ?? {}),
  description: plain(about ?? wanted),
})

/** `webhook.port` becomes `port` in the group `webhook`. */
const sectionShape = (table: SettingsTable): Shape => {
  const dotted = Object.entries(table).map(([key, setting]) => ({ path: key.split("."), setting }))
  const groups = [...new Set(dotted.flatMap(({ path }) => (path.length > 1 ? path.slice(0, 1) : [])))]
  const within = (group: string | null) =>
    Object.fromEntries(
      dotted
        .filter(({ path }) => (path.length > 1 ? path[0] === group : group === null))
        .map(({ path, setting }) => [path.at(-1) ?? "", shapeOf(setting)]),
    )
  const group = (properties: Readonly<Record<string, Shape>>): Shape => ({
    type: ["object", "null"],
    properties,
    additionalProperties: false,
  })
  return group({
    ...within(null),
    ...Object.fromEntries(groups.map((name) => [name, group(within(name))])),
  })
}

const rules: Shape = {
  type: ["array", "null"],
  maxItems: 100,
  items: {
    oneOf: Object.entries(conditions).map(([when, { fields }]) =>
      groupShape({ ...ofEach, ...fields }, { when: { const: when } }),
    ),
  },
}

/** The JSON schema of `config.yaml`, for editors. Other sections are allowed. */
export const schema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Withings Bridge: config.yaml",
  type: "object",
  properties: {
    ...Object.fromEntries(sections.map(({ name, table }) => [name, sectionShape(table)])),
    rules,
  },
}
