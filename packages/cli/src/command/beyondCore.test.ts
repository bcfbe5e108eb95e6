import { expect, it } from "vitest"
import { beyondCore } from "./beyondCore.ts"

const check = (content: string, hasSecret = false) =>
  beyondCore("config.yaml", content, ["matter"], hasSecret)

it("names the section that was meant", () => {
  const { mistakes, unread } = check("withings:\n  client_id: a\nmater:\n  port: 5541\n")
  expect(unread).toEqual([])
  expect(mistakes).toEqual([
    {
      source: "config.yaml",
      line: 3,
      key: "mater",
      found: "a section that nothing reads",
      wanted: "matter, probably",
    },
  ])
})

it("only mentions sections of others", () => {
  expect(check("withings: {}\nhomeassistant: {}\nmatter: {}\n")).toEqual({
    mistakes: [],
    unread: ["homeassistant"],
  })
})

it("takes an empty client secret for forgotten, unless it comes from elsewhere", () => {
  const content = 'withings:\n  client_id: a\n  client_secret: "" # later\n'
  expect(check(content).mistakes).toMatchObject([{ line: 3, key: "withings.client_secret" }])
  expect(check(content, true).mistakes).toEqual([])
})

it("lists mistakes in rules, also in the old contacts of Matter", () => {
  const content =
    "withings: {client_id: a}\nrules:\n  - {name: Heavy, when: abov, measure: weight, value: 3}\n" +
    "matter:\n  contacts:\n    - {kind: wieght, above: 3}\n"
  expect(check(content).mistakes.map(({ key, line }) => [line, key])).toEqual([
    [3, "rules[0].when"],
    [6, "matter.contacts[0].kind"],
  ])
})
