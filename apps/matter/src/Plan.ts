/**
 * What the aggregator is to show: one flat endpoint for each function of a person and device. Flat, because Alexa
 * and others do not follow composed devices.
 */
export interface Plan {
  readonly endpoints: ReadonlyArray<EndpointPlan>
}

/** One bridged endpoint, in Matter's words: cluster and attribute names are those of matter.js' behaviors. */
export interface EndpointPlan {
  /** Names the function for ever: the endpoint number is kept under it. */
  readonly id: string
  readonly device: MatterDevice
  /** For people: "Ann's bed". Another endpoint may have it already; the book gives each its own (NodeLabel). */
  readonly name: string
  /** Given once, when the endpoint is made: a controller may have renamed it since. */
  readonly fixed: Clusters
  /** Written whenever it changes. */
  readonly live: Clusters
}

export type MatterDevice =
  | "occupancy-sensor"
  | "generic-switch"
  | "temperature-sensor"
  | "air-quality-sensor"
  | "contact-sensor"
  | "health"

export type Clusters = Readonly<Record<string, Attributes>>
export type Attributes = Readonly<Record<string, AttributeValue>>
type AttributeValue =
  | boolean
  | number
  | string
  | null
  | ReadonlyArray<number>
  | Readonly<Record<string, boolean>>
