import { describe, expect, it } from "vitest"
import { fileRules } from "./fileRules.ts"

const read = (yaml: string) => {
  const { mistakes, rules } = fileRules("config.yaml", yaml)
  return {
    rules: rules.map(({ given, person, when }) => [person, when, given["measure"], given["value"]]),
    mistakes: mistakes.map(({ found, key, line }) => [line, key, found]),
  }
}

describe("the rules of config.yaml", () => {
  it("are read with the line of each mistake", () => {
    const yaml = `rules:
  - {name: Heavy, when: above, measure: weight, value: 75}
  - name: Late
    when: not-in-bed-by
    time: 23:30
  - name: Wrong
    when: above
    measure: wieght
    value: 1
`
    expect(read(yaml)).toEqual({
      rules: [
        [null, "above", "weight", 75],
        [null, "not-in-bed-by", undefined, undefined],
      ],
      mistakes: [[8, "rules[2].measure", '"wieght"']],
    })
    expect(read("")).toEqual({ rules: [], mistakes: [] })
  })

  it("hold what was written as contacts of Matter", () => {
    const yaml = `matter:
  contacts:
    - {person: Ann, kind: weight, above: 75}
    - {person: Ben, kind: steps, above: goal-steps, id: walker, name: Walker}
    - {person: Ben, kind: afib-ecg, is: [1, 11]}
    - {person: Ben, kind: weight, silent_for_days: 7}
    - {person: Ben, kind: wieght, below: 1}
    - {person: Ben, kind: weight, over: 1}
    - Ann
`
    expect(read(yaml)).toEqual({
      rules: [
        ["Ann", "above", "weight", 75],
        ["Ben", "above", "steps", "goal-steps"],
        ["Ben", "is", "afib-ecg", [1, 11]],
        ["Ben", "no-measure-for-days", "weight", 7],
      ],
      mistakes: [
        [7, "matter.contacts[4].kind", '"wieght"'],
        [8, "matter.contacts[5].when", "nothing"],
        [9, "matter.contacts[6]", '"Ann"'],
      ],
    })
  })
})
