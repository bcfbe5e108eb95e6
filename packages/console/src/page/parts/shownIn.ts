import type { DeviceDescriptor, Feature } from "@withings-bridge/core"
import type { TextKey } from "../text/en.ts"

export const homes = ["appleHome", "matter", "gladys"] as const
export type Home = (typeof homes)[number]

/**
 * What each home shows of a device with the app's default settings, and how many of it. The apps are the truth
 * (`toHomeKit.ts`, `toMatter.ts`, `toGladys.ts`); the page must not load them.
 */
export const shownIn = (device: DeviceDescriptor, home: Home): ReadonlyMap<TextKey, number> => {
  const counts = new Map<TextKey, number>()
  for (const as of shownAs[home](device)) counts.set(as, (counts.get(as) ?? 0) + 1)
  return counts
}

const isNumber = ({ nature }: Feature) => nature === "value" || nature === "counter"
const isKnown = ({ reading }: Feature) => reading !== null
const isBattery = (feature: Feature) => feature.nature === "battery" && isKnown(feature)
const ofUnit = (ucum: string) => (feature: Feature) =>
  feature.nature === "value" && feature.unit?.ucum === ucum
const isCarbonDioxide = (feature: Feature) => feature.category === "environment" && ofUnit("[ppm]")(feature)

const appleHome = ({ availability, features }: DeviceDescriptor): ReadonlyArray<TextKey> => {
  if (availability === "unlinked") return []
  const services = features.flatMap((feature): ReadonlyArray<TextKey> => {
    if (feature.nature === "presence") return ["asPresence"]
    if (feature.nature === "measured") return ["asButton"]
    if (isBattery(feature)) return ["asBattery"]
    const isOfTheRoom =
      isCarbonDioxide(feature) || (feature.category === "environment" && ofUnit("Cel")(feature))
    return isOfTheRoom && isKnown(feature) ? ["asSensor"] : []
  })
  if (services.length === 0) return []
  const values = features.filter(
    (feature) => (isNumber(feature) || feature.nature === "verdict") && isKnown(feature),
  )
  return [...services, ...values.map(() => "asCustom" as const)]
}

const matter = ({ availability, deviceClass, features }: DeviceDescriptor): ReadonlyArray<TextKey> => {
  if (availability === "unlinked") return []
  const endpoints = features.flatMap((feature): ReadonlyArray<TextKey> => {
    if (feature.nature === "presence") return ["asPresence"]
    if (feature.nature === "measured") return ["asButton"]
    const isOfTheRoom =
      feature.category === "environment" || (feature.kind === "temperature" && deviceClass === "scale")
    return isCarbonDioxide(feature) || (isOfTheRoom && ofUnit("Cel")(feature)) ? ["asSensor"] : []
  })
  // The battery stands on an endpoint of something else.
  return endpoints.length > 0 && features.some(isBattery) ? [...endpoints, "asBattery"] : endpoints
}

const gladys = ({ features }: DeviceDescriptor): ReadonlyArray<TextKey> =>
  features.map(({ nature }): TextKey => {
    switch (nature) {
      case "presence":
        return "asPresence"
      case "measured":
        return "asPush"
      case "battery":
        return "asBattery"
      case "verdict":
      case "time":
        return "asText"
      default:
        return "asFeature"
    }
  })

const shownAs: Readonly<Record<Home, (device: DeviceDescriptor) => ReadonlyArray<TextKey>>> = {
  appleHome,
  matter,
  gladys,
}
