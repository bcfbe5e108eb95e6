import { type Endpoint, Matter } from "@matter/main"
import { DescriptorClient } from "@matter/main/behaviors/descriptor"

/** What a controller read of an endpoint: cluster, attribute, value, in matter.js' names. */
export interface Shown {
  readonly number: number
  readonly clusters: Readonly<Record<string, Attributes>>
}
export type Attributes = Readonly<Record<string, unknown>>

/** A whole bridge as a controller read it. */
export interface ShownBridge {
  readonly root: Shown
  readonly aggregator: Shown
  readonly bridged: ReadonlyArray<Shown>
}

export const shownBy = (endpoint: Endpoint): Shown => {
  const names = endpoint
    .stateOf(DescriptorClient)
    .serverList.flatMap((id) => Matter.clusters(id)?.name ?? [])
    .map((name) => name.charAt(0).toLowerCase() + name.slice(1))
  return {
    number: endpoint.number,
    clusters: Object.fromEntries(
      names.map((name) => [name, { ...endpoint.stateOf(name), ...endpoint.globalsOf(name) }]),
    ),
  }
}
