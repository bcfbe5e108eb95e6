import { type Household, standingText } from "@withings-bridge/core"
import type { Logging } from "homebridge"
import type { Changes } from "./applyPlan.ts"
import type { AccessoryPlan } from "./Plan.ts"

/** Homebridge's log: first what was found, then only changes. It never contains a measured value. */
export class Journal {
  readonly #log: Logging
  readonly #standings = new Map<string, string>()
  readonly #warned = new Set<string>()
  #begun = false

  constructor(log: Logging) {
    this.#log = log
  }

  record(household: Household, plans: ReadonlyArray<AccessoryPlan>, changes: Changes): void {
    this.#recordStandings(household)
    if (this.#begun) {
      for (const name of changes.added) this.#log.info(`New in Home: ${name}`)
    } else if (plans.length > 0) {
      this.#begun = true
      this.#log.info(`In Home: ${plans.map((plan) => plan.name).join(", ")}`)
    }
    for (const name of changes.removed) this.#log.info(`No longer in Home: ${name}`)
  }

  /** For mistakes that only show once the household is known. */
  warnOnce(sentences: ReadonlyArray<string>): void {
    for (const sentence of sentences) {
      if (!this.#warned.has(sentence)) this.#log.warn(sentence)
      this.#warned.add(sentence)
    }
  }

  #recordStandings(household: Household) {
    if (household.persons.length === 0 && !this.#standings.has("")) {
      this.#standings.set("", "nobody")
      this.#log.info(
        "Nobody has signed in with Withings yet: open the settings of this plugin and press Connect.",
      )
    }
    for (const person of household.persons) {
      const { state, reason } = person.standing
      if (this.#standings.get(person.id) === state) continue
      this.#standings.set(person.id, state)
      const sentence = `${person.name}: ${standingText[state].en}${reason === null ? "" : `. ${reason}`}`
      if (state === "needs-sign-in") this.#log.warn(sentence)
      else this.#log.info(sentence)
    }
  }
}
