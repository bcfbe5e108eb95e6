import { expect, it } from "vitest"
import { parseInvocation, settings } from "./settings.ts"

const contacts = (...rules: ReadonlyArray<object>) =>
  settings(parseInvocation([]), {}, { contacts: rules }).choices.contacts

it("takes rules on measures by name, and on types that have only a number", () => {
  const kinds = contacts(
    { person: "Ann", kind: "steps", above: "goal-steps" },
    { person: "Ann", kind: "meastype-999", below: 3 },
  ).map(({ kind }) => kind)
  expect(kinds).toEqual(["steps", "meastype-999"])
})

it("tells a misspelt measure: its rule would never hold", () => {
  expect(() => contacts({ person: "Ann", kind: "wight", above: 75 })).toThrow(
    'matter.contacts[0].kind: there is no measure "wight"',
  )
  expect(() => contacts({ person: "Ann", kind: "steps", above: "goal-stpes" })).toThrow(
    'matter.contacts[0].above: there is no measure "goal-stpes"',
  )
})
