import type { Person, PersonId } from "../measure/Person.ts"
import type { Feature } from "../device/Feature.ts"
import type { Reading } from "../device/Reading.ts"
import type { ConditionName } from "./conditions.ts"

/** A condition on what is known of a person that a household wants to see as a contact in every home. */
export interface Rule {
  /** Stable while its bounds change: made from the name, and part of the feature's key. */
  readonly id: string
  readonly name: string
  /** null: for each person. */
  readonly person: string | null
  readonly when: ConditionName
  /** As it was written, for those who show or edit it. */
  readonly given: Readonly<Record<string, unknown>>
  /** Seconds for which the condition has to hold before the rule does. */
  readonly minimum: number
  /**
   * Whether the condition holds; null as long as nothing was ever known that could decide it.
   * @param held whether the rule holds until now, for the hysteresis
   */
  readonly test: (facts: Facts, held: boolean) => boolean | null
}

/** What is known of one person at one moment. */
export interface Facts {
  /** Epoch seconds. */
  readonly now: number
  readonly person: Person
  /** Features of all of the person's descriptors whose reading is known, newest first. */
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

/** What a rule says of a person now, as every home is told. */
export interface RuleState {
  readonly rule: Rule
  readonly personId: PersonId
  /** Value 1: the rule holds, since `at`. null: not known. */
  readonly reading: Reading | null
}
