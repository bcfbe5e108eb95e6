import type { DeviceDescriptor, Feature, Household, Text } from "@withings-bridge/core"

/** What a tile of a dashboard shows; Gladys formats numbers itself. */
interface Tile {
  readonly type: "value"
  readonly value: number | string
  readonly label: Text
  readonly unit?: string
}

interface Caption {
  readonly type: "text"
  readonly variant: "caption"
  readonly text: Text
}

/** The content of a widget, as Gladys 5.1 draws it. */
export interface WidgetContent {
  readonly version: 1
  readonly ttl_seconds: number
  readonly components: ReadonlyArray<Tile | Caption>
}

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

/** null for a widget that the manifest does not declare. Without a name it is the first person's. */
export const toWidget = ({ descriptors }: Household, key: string, person: string): WidgetContent | null => {
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
  return {
    version: 1,
    ttl_seconds: 300,
    components:
      device === undefined
        ? []
        : [{ type: "text", variant: "caption", text: { en: name, fr: name } }, ...features.flatMap(toTile)],
  }
}

const newest = ({ features }: DeviceDescriptor, key: string): number =>
  features.find((feature) => feature.key === key)?.reading?.at ?? 0

const toTile = ({ decimals, name, reading, unit }: Feature): ReadonlyArray<Tile> => {
  if (reading === null) return []
  if (unit?.ucum === "s") return [{ type: "value", value: hoursAndMinutes(reading.value), label: name }]
  const value = Number(reading.value.toFixed(decimals))
  return [{ type: "value", value, label: name, ...(unit === null ? {} : { unit: unit.symbol }) }]
}

const hoursAndMinutes = (seconds: number): string => {
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`
}
