import { describe, expect, it } from "vitest"
import { type Person, PersonId } from "../../measure/Person.ts"
import { nameFor } from "./nameFor.ts"
import { readLanding } from "./readLanding.ts"

const person = (withingsUserId: string, name: string): Person => ({
  id: PersonId(withingsUserId),
  name,
  withingsUserId,
  standing: { state: "signed-in", since: 0, lastSuccess: null, nextTry: null, reason: null },
})
const known = [person("1", "Ann"), person("2", "Person 2")]
const profiles = ["Ann", "Bob"]

describe("nameFor", () => {
  it.each([
    ["someone new, as proposed", { userId: "3", proposed: "Cid" }, "Cid"],
    ["someone new, next of the profiles", { userId: "3", proposed: null }, "Bob"],
    ["someone known, as before", { userId: "1", proposed: null }, "Ann"],
    ["someone known under a number, as proposed", { userId: "2", proposed: "Bob" }, "Bob"],
    ["someone else under a name that is taken", { userId: "3", proposed: "Ann" }, null],
    ["someone known, under another name", { userId: "1", proposed: "Bob" }, null],
  ])("%s", (_, who, name) => {
    expect(nameFor({ ...who, profiles, known })).toBe(name)
  })
  it("counts when there are no names left", () => {
    expect(nameFor({ userId: "3", proposed: null, profiles: [], known })).toBe("Person 3")
  })
})

describe("readLanding", () => {
  it.each([
    ["https://example.org/cb?code=c&state=s"],
    [" http://localhost:1/x?state=s&code=c#top "],
    ["/callback?code=c&state=s"],
    ["code=c&state=s"],
  ])("%s", (landedOn) => expect(readLanding(landedOn)).toEqual({ code: "c", state: "s" }))
  it("has no code when the person did not agree", () => {
    expect(readLanding("https://x/cb?error=access_denied&state=s")).toEqual({ code: null, state: "s" })
  })
  it.each(["", "https://example.org/", "hello"])("%s is none", (landedOn) =>
    expect(readLanding(landedOn)).toBeNull(),
  )
})
