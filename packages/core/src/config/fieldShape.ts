import type { Field, FieldInput, Fields } from "../rule/fields.ts"
import type { Shape } from "./readers.ts"

const ofInput: Readonly<Record<FieldInput, Shape>> = {
  text: { type: ["string", "number"] },
  number: { type: "number" },
  numbers: { type: ["array", "number"], items: { type: "number" } },
  time: { type: "string", pattern: "^[0-9]{1,2}:[0-9]{2}$" },
  measure: { type: "string" },
  "number-or-measure": { type: ["number", "string"] },
}

const fieldShape = ({ input, read, wanted, words }: Field<unknown>): Shape => ({
  // Of measures there are more than are listed: parts of the body, and types without a name.
  ...(words !== undefined && words.length < 20 ? { enum: words } : (read.shape ?? ofInput[input])),
  description: wanted,
})

/** A group of fields, as in a list of beds or rules. `also`: what else stands in it, and has to. */
export const groupShape = (fields: Fields, also: Readonly<Record<string, Shape>> = {}): Shape => {
  const needed = Object.entries(fields).filter(([, { fallback }]) => fallback === undefined)
  return {
    type: "object",
    properties: {
      ...also,
      ...Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, fieldShape(field)])),
    },
    required: [...Object.keys(also), ...needed.map(([key]) => key)],
    additionalProperties: false,
  }
}

export const groupsShape = (fields: Fields): Shape => ({ type: "array", items: groupShape(fields) })
