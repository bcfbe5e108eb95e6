import type { DeviceDescriptor, Feature, Household } from "@withings-bridge/core"

/** The features of each widget of the manifest, in their order; the first one decides which device it is. */
const widgets: Readonly<Record<string, readonly [string, ...ReadonlyArray<string>]>> = {
  last_night: [
    "sleep-score",
    "sleep-duration",
    "sleep-deep-duration",
    "sleep-rem-duration",
    "sleep-heart-rate-average",
  ],
  weight_trend: ["weight", "weight-change-7-days", "weight-change-30-days", "fat-ratio"],
}

/**
 * The content of a widget, as Gladys 5.1 draws it; null for one that the manifest does not declare.
 * @param person empty: the first one
 */
export const toWidget = ({ descriptors }: Household, key: string, person: string) => {
  const wanted = widgets[key]
  if (wanted === undefined) return null
  const isTheirs = ({ personName }: DeviceDescriptor) =>
    person === "" || personName?.toLowerCase() === person.toLowerCase()
  const device = descriptors
    .filter(isTheirs)
    .toSorted((one, other) => newest(other, wanted[0]) - newest(one, wanted[0]))
    .find((descriptor) => newest(descriptor, wanted[0]) > 0)
  const features = wanted.flatMap((each) => device?.features.find(({ key }) => key === each) ?? [])
  const name = device?.personName ?? ""
  const caption = { type: "text", variant: "caption", text: { en: name, fr: name } }
  const components = device === undefined ? [] : [caption, ...features.flatMap(toTile)]
  return { version: 1, ttl_seconds: 300, components }
}

const newest = ({ features }: DeviceDescriptor, key: string): number =>
  features.find((feature) => feature.key === key)?.reading?.at ?? 0

/** A tile of a dashboard. Gladys formats numbers itself. */
const toTile = ({ decimals, name, reading, unit }: Feature): ReadonlyArray<object> => {
  if (reading === null) return []
  if (unit?.ucum === "s") return [{ type: "value", value: hoursAndMinutes(reading.value), label: name }]
  const value = Number(reading.value.toFixed(decimals))
  return [{ type: "value", value, label: name, ...(unit === null ? {} : { unit: unit.symbol }) }]
}

const hoursAndMinutes = (seconds: number): string => {
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`
}
