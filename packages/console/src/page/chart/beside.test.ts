import { kindOf, type Feature, type Person, PersonId } from "@withings-bridge/core"
import { expect, it } from "vitest"
import { besideIn } from "./beside.ts"

const standing = { state: "signed-in", since: 0, lastSuccess: 0, nextTry: null, reason: null } as const
const person = (name: string): Person => ({ id: PersonId(name), name, withingsUserId: name, standing })
const feature = (kind: string): Feature => ({ ...kindOf(kind), kind, reading: null })

const [ann, ben] = [person("Ann"), person("Ben")]
const known = {
  persons: [ann, ben],
  featuresOf: (id: PersonId) => [feature("weight"), ...(id === "Ann" ? [feature("steps")] : [])],
}

it("reads the comparison in an address", () => {
  const shown = { person: ann, feature: feature("weight") }
  expect(besideIn({ with: "before" }, shown, known)).toEqual({ kind: "before" })
  expect(besideIn({ with: "person:Ben" }, shown, known)).toMatchObject({ kind: "person", person: ben })
  expect(besideIn({ with: "measure:steps" }, shown, known)).toMatchObject({ feature: { key: "steps" } })
})

it("ignores a comparison with something unknown, or with itself", () => {
  const steps = { person: ann, feature: feature("steps") }
  for (const said of ["person:Ann", "person:Ben", "person:Eve", "measure:steps", "measure:", "moon", ""])
    expect(besideIn({ with: said }, steps, known)).toBeNull()
})
