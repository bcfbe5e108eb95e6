import type { Feature, Person, PersonId } from "@withings-bridge/core"
import type { PlaceOptions } from "../state/place.ts"

/** A comparison: with the period before, with another person, or with another measure. */
export type Beside =
  | { readonly kind: "before" }
  | { readonly kind: "person"; readonly person: Person; readonly feature: Feature }
  | { readonly kind: "measure"; readonly feature: Feature }

interface Known {
  readonly persons: ReadonlyArray<Person>
  readonly featuresOf: (personId: PersonId) => ReadonlyArray<Feature>
}

/** The comparison in the address: `before`, `person:ID` or `measure:KEY`; null if there is none, or it is gone. */
export const besideIn = (
  { with: said = "" }: PlaceOptions,
  shown: { readonly person: Person; readonly feature: Feature },
  { featuresOf, persons }: Known,
): Beside | null => {
  if (said === "before") return { kind: "before" }
  const [kind, rest = ""] = [said.split(":")[0], said.slice(said.indexOf(":") + 1)]
  if (kind === "person") {
    const person = persons.find(({ id }) => id === rest && id !== shown.person.id)
    const feature = person && featuresOf(person.id).find(({ key }) => key === shown.feature.key)
    return person && feature ? { kind, person, feature } : null
  }
  const feature = featuresOf(shown.person.id).find(({ key }) => key === rest && key !== shown.feature.key)
  return kind === "measure" && feature ? { kind, feature } : null
}
