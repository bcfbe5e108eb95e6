import { Memory } from "../history/Memory.ts"
import { bodiesOf } from "./bodies.ts"
import type { Clock } from "./Clock.ts"
import { generatedPerson, type Person } from "./Person.ts"
import { recordedPerson } from "./recordedPerson.ts"

export interface HouseholdOptions {
  readonly seed: string
  readonly years: number
  readonly persons: number
  readonly recorded: string | null
  readonly clock: Clock
}

export interface Counts {
  readonly groups: number
  readonly measures: number
  readonly nights: number
  readonly days: number
}

const aYear = 365 * 86_400

/** Everyone who has an account in the simulated cloud. */
export class Household {
  readonly seed: string
  readonly clock: Clock
  readonly persons: ReadonlyArray<Person>
  /** The person that `mode=demo` signs in; not part of the household. */
  readonly demo: Person
  /** Generated rows are visible up to this moment: the start, moved on by letting time pass. */
  livedUntil: number

  constructor({ seed, years, persons, recorded, clock }: HouseholdOptions) {
    this.seed = seed
    this.clock = clock
    const now = clock.now()
    this.livedUntil = now
    const memory = new Memory()
    // Whole days, so that two simulators started on the same day have the same history.
    const today = Math.floor(now / 86_400) * 86_400
    const times = { since: today - years * aYear, until: today }
    const bodies = bodiesOf(seed, persons, times)
    const partnerOf = (name: string | null) => bodies.find((body) => body.name === name) ?? null
    const generated = bodies.map((body, index) =>
      generatedPerson(body, partnerOf(body.sharesScaleWith), { index, memory }),
    )
    const [demo] = bodiesOf(`${seed}/demo`, 1, times)
    if (!demo) throw new Error("A household of one has one person.")
    this.demo = generatedPerson({ ...demo, name: "Demo" }, null, { index: 0, memory })
    this.persons = recorded === null ? generated : [...generated, recordedPerson(recorded, now)]
    for (const person of generated) person.putToday(now)
  }

  /** By name, in any case. */
  personNamed(name: string): Person {
    const wanted = name.trim().toLowerCase()
    const found = this.persons.find((person) => person.name.toLowerCase() === wanted)
    if (found) return found
    const names = this.persons.map((person) => person.name).join(", ")
    throw new Error(`Nobody named "${name}" lives here. Known: ${names}.`)
  }

  personWith(userid: number): Person | undefined {
    return this.everyone().find((person) => person.userid === userid)
  }

  everyone(): ReadonlyArray<Person> {
    return [...this.persons, this.demo]
  }

  /** What a complete sync of a person's real measures (category 1) would find. */
  counts(name: string): Counts {
    const { histories } = this.personNamed(name)
    const groups = histories.groups.rows(this.livedUntil).filter((row) => row.wire.category === 1)
    return {
      groups: groups.length,
      measures: groups.reduce((sum, row) => sum + row.wire.measures.length, 0),
      nights: histories.nights.rows(this.livedUntil).length,
      days: histories.activities.rows(this.livedUntil).length,
    }
  }
}
