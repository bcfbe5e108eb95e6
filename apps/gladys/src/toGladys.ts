import {
  batteryPercent,
  clockText,
  type DeviceDescriptor,
  type Feature,
  fnv1a128,
  type Language,
  type Reading,
  shownReading,
} from "@withings-bridge/core"
import { featureStrings, type FeatureStrings } from "./featureStrings.ts"
import type { GladysDevice, GladysFeature } from "./GladysDevice.ts"
import { isoTime } from "./isoTime.ts"

/** The prefix of ids and the language of names. */
export interface Naming {
  /** Start of every external_id: "withings" for the HTTP bridge, "ext:<selector>" for an external integration. */
  readonly prefix: string
  readonly language: Language
}

/** A feature and its counterpart in Gladys. */
export interface Pairing {
  readonly descriptor: DeviceDescriptor
  readonly feature: Feature
  readonly strings: FeatureStrings
  readonly gladys: GladysFeature
}

/** A reading as Gladys stores it: a number, or the text of a verdict. */
export type GladysValue = { readonly state: number } | { readonly text: string }

export const toGladysValue = (
  feature: Feature,
  strings: FeatureStrings,
  value: number,
  language: Language,
): GladysValue => {
  if (feature.nature === "time") return { text: clockText(value) }
  if (strings.type === "text") return { text: feature.verdicts?.[value]?.[language] ?? String(value) }
  if (strings.category === "battery") return { state: batteryPercent(value) ?? 0 }
  const digits = 10 ** strings.decimals
  return { state: Math.round(value * strings.factor * digits) / digits }
}

export const toGladys = (descriptor: DeviceDescriptor, naming: Naming): GladysDevice => {
  const device = identity(descriptor, naming)
  return {
    ...device,
    name: descriptor.name,
    model: descriptor.model,
    should_poll: false,
    poll_frequency: null,
    room_id: null,
    params: descriptor.personName === null ? [] : [{ name: "PERSON", value: descriptor.personName }],
    features: toPairings(descriptor, naming).map((pairing) => pairing.gladys),
  }
}

/** Every feature of a device with its counterpart in Gladys. */
export const toPairings = (descriptor: DeviceDescriptor, naming: Naming): ReadonlyArray<Pairing> =>
  descriptor.features.map((feature) =>
    pair(descriptor, { ...feature, reading: shownReading(feature) }, naming),
  )

const pair = (descriptor: DeviceDescriptor, feature: Feature, naming: Naming): Pairing => {
  const strings = featureStrings(feature)
  const device = identity(descriptor, naming)
  const externalId = `${device.external_id}:${feature.key}`
  const gladys: GladysFeature = {
    id: uuid(externalId),
    device_id: device.id,
    name: nameOf(feature, strings, naming.language),
    selector: `${device.selector}-${slug(feature.key)}`,
    external_id: externalId,
    category: strings.category,
    type: strings.type,
    unit: strings.unit,
    ...boundsOf(feature, strings),
    read_only: true,
    has_feedback: false,
    keep_history: strings.keepHistory,
    ...lastValue(feature, strings, feature.reading, naming.language),
  }
  return { descriptor, feature, strings, gladys }
}

const identity = (descriptor: DeviceDescriptor, naming: Naming) => {
  const externalId = `${naming.prefix}:${descriptor.id}`
  // A model alone is not enough: a household may have two of one model, and two persons on each.
  const selector = `withings-${slug(descriptor.model)}-${descriptor.id.slice(0, 8)}`
  return { id: uuid(externalId), selector, external_id: externalId }
}

const nameOf = (feature: Feature, { suffix }: FeatureStrings, language: Language): string =>
  suffix === null ? feature.name[language] : `${feature.name[language]} (${suffix[language]})`

const boundsOf = (feature: Feature, strings: FeatureStrings) => {
  if (strings.type === "binary" || strings.type === "push") return { min: 0, max: 1 }
  if (strings.category === "battery") return { min: 0, max: 100 }
  if (strings.type === "text") return { min: 0, max: 0 }
  return { min: rounded(feature.min * strings.factor), max: rounded(feature.max * strings.factor) }
}

/** Without rounding, a bound like a third of an hour has sixteen digits. */
const rounded = (bound: number): number => Math.round(bound * 1000) / 1000

const lastValue = (
  feature: Feature,
  strings: FeatureStrings,
  reading: Reading | null,
  language: Language,
): Pick<GladysFeature, "last_value" | "last_value_string" | "last_value_changed"> => {
  if (reading === null) return { last_value: null, last_value_string: null, last_value_changed: null }
  const value = toGladysValue(feature, strings, reading.value, language)
  return {
    last_value: "state" in value ? value.state : null,
    last_value_string: "text" in value ? value.text : null,
    last_value_changed: isoTime(reading.at),
  }
}

const slug = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("+", "-plus")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")

/** Gladys' ids are UUIDs. Ours have to be the same at every start, so they are a hash. */
const uuid = (text: string): string => {
  const hex = fnv1a128(text).toString(16).padStart(32, "0")
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-")
}
