import { conditions, isCondition, type ConditionName } from "./conditions.ts"
import type { Field, FieldInput } from "./fields.ts"
import { ofEach } from "./readRules.ts"

export interface FormField {
  readonly key: string
  readonly input: FieldInput
  /** The words allowed; null: any of its kind. */
  readonly words: ReadonlyArray<string> | null
  readonly required: boolean
  /** Completes "… is wanted". */
  readonly wanted: string
}

export interface FormCondition {
  readonly when: ConditionName
  readonly fields: ReadonlyArray<FormField>
}

const toFormField = ([key, field]: readonly [string, Field<unknown>]): FormField => ({
  key,
  input: field.input,
  words: field.words ?? null,
  required: field.fallback === undefined,
  wanted: field.wanted,
})

/** The fields of every rule, and those of each condition, for a form. */
export const ruleForm: {
  readonly always: ReadonlyArray<FormField>
  readonly conditions: ReadonlyArray<FormCondition>
} = {
  always: Object.entries(ofEach).map(toFormField),
  conditions: Object.keys(conditions)
    .filter(isCondition)
    .map((when) => ({
      when,
      fields: Object.entries<Field<unknown>>(conditions[when].fields).map(toFormField),
    })),
}
