import { closest, measureKinds } from "@withings-bridge/core"
import { isObject, type Mistake } from "./readSetting.ts"
import type { Settings } from "./settings.ts"

/** Measures of stand-ins that do not exist: such a stand-in would never appear. */
export const unknownMeasures = ({ standIns }: Settings): ReadonlyArray<Mistake> =>
  standIns.flatMap(({ measure }, index) =>
    Object.hasOwn(measureKinds, measure) || /^meastype-\d+$/.test(measure)
      ? []
      : [misspelt(`standIns[${index}].measure`, measure, "no measure", Object.keys(measureKinds))],
  )

/** Persons of rules and stand-ins whom nobody knows. `names`: who is there or will sign in; none: nothing can be said. */
export const unknownPersons = (
  { rules, standIns }: Settings,
  names: ReadonlyArray<string>,
): ReadonlyArray<Mistake> => {
  if (names.length === 0) return []
  const stranger = (at: string) => (entry: unknown, index: number) => {
    const person = isObject(entry) ? entry["person"] : undefined
    const isKnown = typeof person !== "string" || person.trim() === "" || names.includes(person.trim())
    return isKnown ? [] : [misspelt(`${at}[${index}].person`, person, "nobody's name", names)]
  }
  const given: ReadonlyArray<unknown> = Array.isArray(rules) ? rules : []
  return [...given.flatMap(stranger("rules")), ...standIns.flatMap(stranger("standIns"))]
}

const misspelt = (setting: string, found: string, what: string, names: ReadonlyArray<string>): Mistake => {
  const meant = closest(found, names)
  const hint = meant === null ? "" : `; perhaps ${JSON.stringify(meant)} is meant`
  return { setting, reason: `is ${JSON.stringify(found.slice(0, 60))}, which is ${what}${hint}` }
}
