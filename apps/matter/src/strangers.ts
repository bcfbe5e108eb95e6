import type { Household } from "@withings-bridge/core"
import type { MatterChoices } from "./toMatter.ts"

/** A warning about unknown names in the settings: a misspelt name shows nothing. */
export const aboutStrangers = (
  { healthOf }: Pick<MatterChoices, "healthOf">,
  persons: Household["persons"],
): string | null => {
  const present = persons.map(({ name }) => name)
  const strangers = [...new Set(healthOf)].filter((name) => !present.includes(name))
  if (strangers.length === 0) return null
  return (
    `\`matter\` in config.yaml (health) names ${strangers.join(", ")}, but nobody of that name has signed in: ` +
    `nothing is shown for it. Signed in: ${present.join(", ")}.`
  )
}
