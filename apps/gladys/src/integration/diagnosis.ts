import type { Household, Text } from "@withings-bridge/core"
import { isoTime } from "../isoTime.ts"
import type { ImportProgress } from "./HistoryImport.ts"

const newest = (household: Household): number | null =>
  household.descriptors
    .flatMap(({ features }) => features.flatMap(({ reading }) => (reading === null ? [] : [reading.at])))
    .reduce<number | null>((most, at) => (most === null || at > most ? at : most), null)

const time = (at: number | null): string => (at === null ? "-" : isoTime(at).slice(0, 16).replace("T", " "))

/** Where everything stands, to be copied into a question: nothing in it is secret, and no value of anyone's health. */
export const diagnosis = (household: Household, features: number, progress: ImportProgress | null): Text => {
  const people = household.persons.map(
    ({ name, standing }) =>
      `${name}: ${standing.state}, ${time(standing.lastSuccess)}${standing.reason === null ? "" : ` (${standing.reason})`}`,
  )
  const imported = progress === null ? "-" : `${progress.sent}/${progress.total}`
  return {
    en: [
      ...people,
      `${household.descriptors.length} devices, ${features} features in Gladys`,
      `newest measure: ${time(newest(household))} UTC`,
      `import: ${imported}`,
    ].join(" · "),
    fr: [
      ...people,
      `${household.descriptors.length} appareils, ${features} fonctionnalités dans Gladys`,
      `mesure la plus récente : ${time(newest(household))} UTC`,
      `import : ${imported}`,
    ].join(" · "),
  }
}
