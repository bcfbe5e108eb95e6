import type { DeviceDescriptor } from "../device/DeviceDescriptor.ts"
import type { Feature } from "../device/Feature.ts"
import type { Person, PersonId } from "../measure/Person.ts"
import { type Held, type Settled, settleAll } from "./Held.ts"
import { shortHash } from "./ruleId.ts"
import type { Facts, Known, PastValue, Rule, RuleState } from "./Rule.ts"

/** A value of the last weeks that is certainly a person's. */
export interface PersonPast extends PastValue {
  readonly personId: PersonId
  readonly kind: string
}

export interface RuleInput {
  readonly rules: ReadonlyArray<Rule>
  readonly persons: ReadonlyArray<Person>
  /** Of the whole household, including hidden ones. */
  readonly descriptors: ReadonlyArray<DeviceDescriptor>
  readonly past: ReadonlyArray<PersonPast>
  /** Epoch seconds. */
  readonly now: number
}

type HeldStates = ReadonlyMap<string, Held>

/** Key of a stored state. It includes a hash of the rule, so that two processes with different bounds do not fight over it. */
const stateKey = (rule: Rule, personId: PersonId): string =>
  `rule ${rule.id} ${personId} ${shortHash(JSON.stringify(rule.given))}`

const concerned = (rule: Rule, persons: ReadonlyArray<Person>): ReadonlyArray<Person> =>
  persons.filter(({ name }) => rule.person === null || rule.person === name)

const factsOf = (person: Person, { descriptors, now, past }: Omit<RuleInput, "rules" | "persons">): Facts => {
  const features = descriptors
    .filter(({ personId }) => personId === person.id)
    .flatMap(({ features }) => features.filter(isKnown))
    .toSorted((one, other) => other.reading.at - one.reading.at)
  const own = Map.groupBy(
    past.filter(({ personId }) => personId === person.id),
    ({ kind }) => kind,
  )
  return { now, person, features, past: (kind) => own.get(kind) ?? [] }
}

const isKnown = (feature: Feature): feature is Known => feature.reading !== null

/** The new states of all rules. A condition holds from the moment at which that is noticed. */
export const settleRules = (held: HeldStates, input: RuleInput): Settled => {
  const facts = new Map(input.persons.map((person) => [person.id, factsOf(person, input)]))
  const found = input.rules.flatMap((rule) =>
    concerned(rule, input.persons).flatMap(({ id }) => {
      const own = facts.get(id)
      const key = stateKey(rule, id)
      return own === undefined
        ? []
        : [
            {
              key,
              raw: rule.test(own, held.get(key)?.value === true),
              since: input.now,
              delays: { on: rule.minimum, off: 0 },
            },
          ]
    }),
  )
  return settleAll(held, found, input.now)
}

/** The state of each rule and person that homes show. */
export const ruleStates = (
  rules: ReadonlyArray<Rule>,
  persons: ReadonlyArray<Person>,
  held: HeldStates,
): ReadonlyArray<RuleState> =>
  rules.flatMap((rule) =>
    concerned(rule, persons).map(({ id }) => {
      const state = held.get(stateKey(rule, id))
      const reading =
        state === undefined || state.value === null
          ? null
          : { value: state.value ? 1 : 0, at: state.since, stale: false }
      return { rule, personId: id, reading }
    }),
  )
