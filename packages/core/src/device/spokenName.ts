import type { Language, Text } from "../measure/MeasureKind.ts"
import type { Button } from "../moment/Moment.ts"
import type { DeviceClass, DeviceDescriptor } from "./DeviceDescriptor.ts"

/** The part to name: the device itself, one of its sensors, one of its buttons. */
export type SpokenPart = "itself" | Button | "bed" | "room" | "air" | "body" | "skin" | "health"

type Named = Pick<DeviceDescriptor, "deviceClass" | "personName" | "model">

const text = (en: string, fr: string): Text => ({ en, fr })

/** {person} is "Ann", {de} "de Ben" or "d'Ann", {model} "ScanWatch". */
const parts: Readonly<Record<Exclude<SpokenPart, "itself">, Text>> = {
  bed: text("{person}'s bed", "Lit {de}"),
  "went-to-bed": text("{person} went to bed", "Coucher {de}"),
  "got-up": text("{person} got up", "Lever {de}"),
  "goal-reached": text("{person} reached the goal", "Objectif {de}"),
  measured: text("{person}'s {model}", "{model} {de}"),
  room: text("Room temperature ({person})", "Température ({person})"),
  air: text("Room air ({person})", "Air de la pièce ({person})"),
  body: text("{person}'s temperature", "Température {de}"),
  skin: text("{person}'s skin temperature", "Peau {de}"),
  health: text("{person}'s health values", "Santé {de}"),
}

/** "Just measured". */
const acts: Readonly<Partial<Record<DeviceClass, Text>>> = {
  scale: text("{person} weighed", "Pesée {de}"),
  "blood-pressure-monitor": text("{person}'s blood pressure", "Tension {de}"),
  "sleep-monitor": text("{person}'s night", "Nuit {de}"),
  thermometer: text("{person}'s temperature taken", "Prise de température {de}"),
}

const devices: Readonly<Partial<Record<DeviceClass, Text>>> = {
  scale: text("{person}'s scale", "Balance {de}"),
  "blood-pressure-monitor": text("{person}'s blood pressure monitor", "Tensiomètre {de}"),
  "sleep-monitor": parts.bed,
  thermometer: text("{person}'s thermometer", "Thermomètre {de}"),
}
const watch = text("{person}'s watch", "Montre {de}")
const isWatch = ({ deviceClass, model }: Named) =>
  deviceClass === "activity-tracker" && /watch|steel|move/i.test(model)

const anyoneInBed = text("Anyone in bed", "Quelqu'un au lit")

/** A spoken name: "Ann's bed", "Pesée d'Ann". null: Withings' name is better. */
export const spokenName = (device: Named, part: SpokenPart, language: Language): string | null => {
  if (device.deviceClass === "household") return anyoneInBed[language]
  const person = device.personName?.trim() || (part === "itself" ? null : device.model)
  const phrase = phraseOf(device, part)
  if (phrase === undefined || person === null) return null
  const words: Readonly<Record<string, string>> = { person, de: ofPerson(person), model: device.model }
  return phrase[language].replaceAll(/\{(\w+)\}/g, (_, word: string) => words[word] ?? "")
}

const phraseOf = (device: Named, part: SpokenPart): Text | undefined => {
  if (part === "itself") return isWatch(device) ? watch : devices[device.deviceClass]
  return part === "measured" ? (acts[device.deviceClass] ?? parts.measured) : parts[part]
}

const ofPerson = (name: string) => (/^[aeiouyhàâäæéèêëîïôöœùûü]/i.test(name) ? `d'${name}` : `de ${name}`)
