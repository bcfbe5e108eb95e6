import type { Person, PersonId } from "../measure/Person.ts"
import type { Feature } from "../device/Feature.ts"
import type { Reading } from "../device/Reading.ts"
import type { ConditionName } from "./conditions.ts"

/** A condition about a person that every home shows as a contact. */
export interface Rule {
  /** Made from the name, and part of the feature's key: stable when its bounds change. */
  readonly id: string
  readonly name: string
  /** null: for each person. */
  readonly person: string | null
  readonly when: ConditionName
  /** As written, for those who show or edit it. */
  readonly given: Readonly<Record<string, unknown>>
  /** Seconds for which the condition has to hold before the rule does. */
  readonly minimum: number
  /**
   * Whether the condition holds; null when nothing is known that could decide it.
   * @param held whether the rule held before, for the hysteresis
   */
  readonly test: (facts: Facts, held: boolean) => boolean | null
}

export interface Facts {
  /** Epoch seconds. */
  readonly now: number
  readonly person: Person
  /** Features of the person with a reading, newest first. */
  readonly features: ReadonlyArray<Known>
  /** Values of the last weeks by kind, in any order. */
  readonly past: (kind: string) => ReadonlyArray<PastValue>
}

export type Known = Feature & { readonly reading: Reading }

export interface PastValue {
  /** Epoch seconds. */
  readonly at: number
  readonly value: number
}

/** The state of a rule for a person. */
export interface RuleState {
  readonly rule: Rule
  readonly personId: PersonId
  /** Value 1: the rule holds, since `at`. null: not known. */
  readonly reading: Reading | null
}
