import { describe, expect, it } from "vitest"
import { type StandingState, PersonId } from "../measure/Person.ts"
import { notReady } from "./readiness.ts"

const person = (id: string, state: StandingState) => ({
  id: PersonId(id),
  standing: { state, reason: null, since: 0, lastSuccess: null, nextTry: null },
})
const led = (...ids: ReadonlyArray<string>) => ({
  sync: ids.map((personId) => ({ personId: PersonId(personId), pid: 1 })),
})

describe("whether data flows", () => {
  it("does when every signed-in person has a process that syncs them", () => {
    const persons = [person("ann", "signed-in"), person("ben", "offline")]
    expect(notReady({ persons, leaders: led("ann", "ben"), troubles: [] })).toEqual([])
  })

  it("does not when one has none", () => {
    const persons = [person("ann", "signed-in"), person("ben", "throttled")]
    expect(notReady({ persons, leaders: led("ann"), troubles: [] })).toEqual(["nobody-syncs"])
  })

  it("does while nobody is signed in: a restart would not help", () => {
    const persons = [person("ann", "needs-sign-in"), person("ben", "never-signed-in")]
    expect(notReady({ persons, leaders: led(), troubles: [{ code: "sign-in-needed" }] })).toEqual([])
  })

  it("does not without a store or a key", () => {
    const troubles = [{ code: "key-missing" }, { code: "store-unwritable" }, { code: "port-taken" }] as const
    expect(notReady({ persons: [], leaders: led(), troubles })).toEqual(["store-unwritable", "key-missing"])
  })
})
