import { describe, expect, it } from "vitest"
import { withRule, writtenRules } from "./ruleFile.ts"

const file = `# ours
withings:
  client_id: a # from the developer page
rules:
  # the scale
  - name: Heavy
    when: above
    measure: weight
    value: 75
  - { name: Wrong, when: above, measure: wieght, value: 1 }
  - { name: Late, when: not-in-bed-by, time: "23:30" } # for Ben
`

describe("the rules as they are written in config.yaml", () => {
  it("are listed with their mistakes", () => {
    expect(
      writtenRules(file).map(({ mistakes, rule }) => [rule?.name, mistakes.map(({ path }) => path[1])]),
    ).toEqual([
      ["Heavy", []],
      [undefined, ["measure"]],
      ["Late", []],
    ])
    expect(writtenRules("")).toEqual([])
    expect(writtenRules("rules: 3")).toEqual([])
    expect(writtenRules("rules: [3, null, {}]").map(({ rule }) => rule)).toEqual([null, null, null])
  })

  it("are called by what they say", () => {
    const idsOf = (content: string) => writtenRules(content).map(({ id }) => id)
    const changed = idsOf(file.replace("75", "76"))
    expect(changed.slice(1)).toEqual(idsOf(file).slice(1))
    expect(changed[0]).not.toBe(idsOf(file)[0])
  })

  it("change one by one: comments and all else stay", () => {
    const entry = { name: "Light", when: "below", measure: "weight", value: 60 }
    expect(withRule(file, 2, entry)).toBe(
      file.replace(
        '{ name: Late, when: not-in-bed-by, time: "23:30" }',
        "{ name: Light, when: below, measure: weight, value: 60 }",
      ),
    )
    expect(withRule(file, 0, entry)).toContain("  # the scale\n  - { name: Light,")
    expect(withRule(file, 1, null)).toBe(file.replace(/ {2}- \{ name: Wrong.*\n/u, ""))
    const added = withRule(file, null, entry)
    expect(added.startsWith(file)).toBe(true)
    expect(writtenRules(added).at(-1)?.entry).toEqual(entry)
    for (const none of ["", "rules:\n", "rules: []\n"])
      expect(writtenRules(withRule(none, null, entry)).map((rule) => rule.entry)).toEqual([entry])
  })
})
