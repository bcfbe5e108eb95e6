import { Effect } from "effect"
import { expect, it } from "vitest"
import { personNamed } from "./personNamed.ts"

const household = [{ name: "Ann" }, { name: "Benedikt" }]
const found = (typed: string, persons = household) =>
  Effect.runSync(Effect.either(personNamed(persons, typed)))

it("finds a person whatever the case", () => {
  expect(found("ann")).toMatchObject({ right: { name: "Ann" } })
})

it("names the person who was probably meant", () => {
  expect(found("benedict")).toMatchObject({
    left: { code: "person-unknown", message: 'Nobody here is called "benedict". Did you mean Benedikt?' },
  })
})

it("lists everyone when no name is similar", () => {
  expect(found("grandmother")).toMatchObject({
    left: { message: 'Nobody here is called "grandmother". Known: Ann, Benedikt.' },
  })
})

it("says how to begin before anyone has signed in", () => {
  expect(found("Ann", [])).toMatchObject({ left: { code: "nobody-signed-in" } })
})
