import { Effect, Schema } from "effect"
import type { toGladysAnswer } from "./toGladysAnswer.ts"
import { NotFound } from "./schemas.ts"

export const boundedText = Schema.String.pipe(Schema.maxLength(256))
/** The document says a number, although an address carries it as text. */
export const integer = (min: number, max: number) =>
  Schema.NumberFromString.pipe(Schema.int(), Schema.between(min, max)).annotations({
    jsonSchema: { type: "integer", minimum: min, maximum: max },
  })
const described = (description: string) => boundedText.annotations({ description })

/** Refuses unknown parameters rather than ignoring them: they are mistakes of the caller. */
export const strictly = { parseOptions: { onExcessProperty: "error" } } as const

/** The filters that Gladys' own API has for devices. */
export const DeviceQuery = Schema.Struct({
  search: Schema.optional(described("Part of a device's name or external_id")),
  model: Schema.optional(boundedText),
  service: Schema.optional(described("`withings`: there is no other")),
  device_feature_category: Schema.optional(described("Only features of this category")),
  device_feature_type: Schema.optional(described("Only features of this type")),
  device_feature_selectors: Schema.optional(
    Schema.String.pipe(Schema.maxLength(8192)).annotations({ description: "Only these features" }),
  ),
  take: Schema.optional(integer(0, 1_000_000)),
  skip: Schema.optional(integer(0, 1_000_000)),
  order_by: Schema.optional(Schema.Literal("name", "model", "selector", "external_id")),
  order_dir: Schema.optional(Schema.Literal("ASC", "DESC", "asc", "desc")),
}).annotations(strictly)
type DeviceQuery = typeof DeviceQuery.Type

type Answer = ReturnType<typeof toGladysAnswer>
type Features = Answer["features"]

/** The devices that match a query, in its order. A query for features leaves out devices without any of them. */
export const selected = (devices: ReadonlyArray<Answer>, query: DeviceQuery) => {
  if (query.service !== undefined && query.service !== "withings")
    return Effect.fail(NotFound.because("SERVICE_NOT_FOUND"))
  const { order_by = "name", order_dir = "ASC", skip = 0, take = devices.length } = query
  const sign = order_dir.toUpperCase() === "ASC" ? 1 : -1
  return Effect.succeed(
    devices
      .filter(isWanted(query))
      .flatMap((device): ReadonlyArray<Answer> => {
        const features = featuresOf(device.features, query)
        return features.length === 0 && asksForFeatures(query) ? [] : [{ ...device, features: [...features] }]
      })
      .toSorted((one, other) => sign * one[order_by].localeCompare(other[order_by], "en"))
      .slice(skip, skip + take),
  )
}

const isWanted =
  ({ model, search = "" }: DeviceQuery) =>
  (device: Answer): boolean =>
    [device.name, device.external_id].some((text) => text.toLowerCase().includes(search.toLowerCase())) &&
    (model === undefined || device.model === model)

const asksForFeatures = (query: DeviceQuery): boolean =>
  Object.keys(query).some((name) => name.startsWith("device_feature_"))

const featuresOf = (features: Features, query: DeviceQuery): Features => {
  const selectors = query.device_feature_selectors?.split(",")
  return features.filter(
    ({ category, selector, type }) =>
      (query.device_feature_category ?? category) === category &&
      (query.device_feature_type ?? type) === type &&
      (selectors === undefined || selectors.includes(selector)),
  )
}
