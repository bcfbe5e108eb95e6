import type { Button, DeviceDescriptor } from "@withings-bridge/core"

export const languages = ["en", "fr"] as const
export type Language = (typeof languages)[number]

/** What an endpoint is there for. */
export type Function = Button | "bed" | "room" | "air" | "body" | "skin" | "health"

interface Named {
  readonly person: string
  readonly model: string
}

type Phrase = (of: Named) => string

/** NodeLabel as people would say it: "Ann's bed", "Pesée d'Ann". A controller cuts names after 32 bytes. */
export const endpointName = (
  device: Pick<DeviceDescriptor, "deviceClass" | "personName" | "model">,
  use: Function,
  language: Language,
): string => {
  if (device.deviceClass === "household") return anyoneInBed[language]
  const of = { person: device.personName?.trim() || device.model, model: device.model }
  const phrases = phrasesOf[language]
  return use === "measured"
    ? (phrases.acts[device.deviceClass] ?? phrases.measured)(of)
    : phrases.functions[use](of)
}

const anyoneInBed = { en: "Anyone in bed", fr: "Quelqu'un au lit" } as const

/** "d'Ann", "de Ben". */
const de = (name: string) => (/^[aeiouàâäéèêëîïôöùûü]/i.test(name) ? `d'${name}` : `de ${name}`)

interface Phrases {
  readonly functions: Readonly<Record<Exclude<Function, "measured">, Phrase>>
  /** Something was just measured, by the class of the device. */
  readonly acts: Readonly<Record<string, Phrase>>
  readonly measured: Phrase
}

const phrasesOf: Readonly<Record<Language, Phrases>> = {
  en: {
    functions: {
      bed: ({ person }) => `${person}'s bed`,
      "went-to-bed": ({ person }) => `${person} went to bed`,
      "got-up": ({ person }) => `${person} got up`,
      "goal-reached": ({ person }) => `${person} reached the goal`,
      room: ({ person }) => `Room temperature (${person})`,
      air: ({ person }) => `Room air (${person})`,
      body: ({ person }) => `${person}'s temperature`,
      skin: ({ person }) => `${person}'s skin temperature`,
      health: ({ person }) => `${person}'s health values`,
    },
    acts: {
      scale: ({ person }) => `${person} weighed`,
      "blood-pressure-monitor": ({ person }) => `${person}'s blood pressure`,
      "sleep-monitor": ({ person }) => `${person}'s night`,
      thermometer: ({ person }) => `${person}'s temperature taken`,
    },
    measured: ({ model, person }) => `${person}'s ${model}`,
  },
  fr: {
    functions: {
      bed: ({ person }) => `Lit ${de(person)}`,
      "went-to-bed": ({ person }) => `Coucher ${de(person)}`,
      "got-up": ({ person }) => `Lever ${de(person)}`,
      "goal-reached": ({ person }) => `Objectif ${de(person)}`,
      room: ({ person }) => `Température (${person})`,
      air: ({ person }) => `Air de la pièce (${person})`,
      body: ({ person }) => `Température ${de(person)}`,
      skin: ({ person }) => `Peau ${de(person)}`,
      health: ({ person }) => `Santé ${de(person)}`,
    },
    acts: {
      scale: ({ person }) => `Pesée ${de(person)}`,
      "blood-pressure-monitor": ({ person }) => `Tension ${de(person)}`,
      "sleep-monitor": ({ person }) => `Nuit ${de(person)}`,
      thermometer: ({ person }) => `Prise de température ${de(person)}`,
    },
    measured: ({ model, person }) => `${model} ${de(person)}`,
  },
}
