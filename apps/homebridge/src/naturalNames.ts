import type { DeviceDescriptor } from "@withings-bridge/core"
import type { Settings } from "./settings.ts"

type Word = (descriptor: DeviceDescriptor) => Readonly<Record<Settings["language"], string>> | null

const word =
  (en: string, fr: string): Word =>
  () => ({ en, fr })

const none: Word = () => null

/** What people call the thing itself. null: Withings' name says it best. */
const words: Record<DeviceDescriptor["deviceClass"], Word> = {
  scale: word("scale", "Balance"),
  "blood-pressure-monitor": word("blood pressure monitor", "Tensiomètre"),
  "sleep-monitor": word("bed", "Lit"),
  thermometer: word("thermometer", "Thermomètre"),
  "activity-tracker": ({ model }) => (/watch|steel|move/i.test(model) ? { en: "watch", fr: "Montre" } : null),
  other: none,
  person: none,
  household: none,
}

const household = { en: "Anyone in bed", fr: "Quelqu'un au lit" }

/**
 * The name of each descriptor by its id, as it would be said to Siri: "Ann's bed". Where two would be called alike
 * (two scales of one person), both keep the name that the core gave them.
 */
export const naturalNames = (
  descriptors: ReadonlyArray<DeviceDescriptor>,
  language: Settings["language"],
): ReadonlyMap<string, string> => {
  const names = descriptors.map((descriptor) => ({ descriptor, natural: naturalName(descriptor, language) }))
  return new Map(
    names.map(({ descriptor, natural }) => {
      const isTaken = names.some((other) => other.natural === natural && other.descriptor !== descriptor)
      return [descriptor.id, natural === null || isTaken ? descriptor.name : natural]
    }),
  )
}

const naturalName = (descriptor: DeviceDescriptor, language: Settings["language"]): string | null => {
  if (descriptor.deviceClass === "household") return household[language]
  const thing = words[descriptor.deviceClass](descriptor)
  if (thing === null || descriptor.personName === null) return null
  return language === "en"
    ? `${descriptor.personName}'s ${thing.en}`
    : `${thing.fr} ${ofPerson(descriptor.personName)}`
}

const ofPerson = (name: string) => (/^[aeiouyhàâæéèêëîïôœùûü]/i.test(name) ? `d'${name}` : `de ${name}`)
