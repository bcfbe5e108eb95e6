import { Endpoint } from "@matter/main"
import { enter, type EndpointBook, sameStructure, structureOf } from "./endpointBook.ts"
import { endpointType } from "./endpointType.ts"
import type { EndpointIds } from "./endpointIds.ts"
import type { Attributes, Clusters, EndpointPlan, Plan } from "./Plan.ts"
import { release } from "./release.ts"

/** An endpoint that stands in the node, and what was last written to it. */
interface Shown {
  readonly endpoint: Endpoint
  plan: EndpointPlan
}

export interface Applied {
  /** Clusters written. */
  readonly writes: number
  readonly structureChanged: boolean
}

const released: Attributes = { currentPosition: 0 }

/** Brings the aggregator to what a plan says, touching only what differs from the plan before. */
export class PlanApplier {
  readonly shown = new Map<string, Shown>()
  readonly #aggregator: Endpoint
  readonly #ids: EndpointIds
  book: EndpointBook

  constructor(aggregator: Endpoint, book: EndpointBook, ids: EndpointIds) {
    this.#aggregator = aggregator
    this.book = book
    this.#ids = ids
  }

  async apply(plan: Plan): Promise<Applied> {
    const book = enter(this.book, plan)
    const structureChanged = !sameStructure(this.book, book)
    this.book = book

    const planned = new Map(plan.endpoints.map((endpoint) => [endpoint.id, endpoint]))
    for (const [id, { endpoint, plan }] of this.shown) {
      const next = planned.get(id)
      if (next !== undefined && structureOf(next) === structureOf(plan)) continue
      // close keeps what matter.js stored of the endpoint (a controller's label), delete would not.
      await endpoint.close()
      this.shown.delete(id)
    }

    let writes = 0
    for (const next of plan.endpoints) {
      const shown = this.shown.get(next.id)
      if (shown === undefined) await this.#add(next, book)
      else writes += await update(shown, next)
    }
    return { writes, structureChanged }
  }

  /** One press of a button: Switch.initialPress. False when there is no such endpoint. */
  async press(buttonId: string): Promise<boolean> {
    const shown = this.shown.get(buttonId)
    if (shown === undefined) return false
    await shown.endpoint.setStateOf("switch", { currentPosition: 1 })
    await shown.endpoint.setStateOf("switch", released)
    return true
  }

  async #add(plan: EndpointPlan, { names, numbers }: EndpointBook) {
    const number = numbers[plan.id] ?? 0
    const given: Clusters = {
      bridgedDeviceBasicInformation: {
        nodeLabel: names[plan.id]?.name ?? plan.name,
        uniqueId: this.#ids.uniqueId(plan.id),
        serialNumber: this.#ids.serialNumber(plan.id),
        softwareVersionString: release,
      },
      // An empty list would say that this battery powers the whole node (core specification 11.7.7.32).
      ...(plan.live["powerSource"] === undefined ? {} : { powerSource: { endpointList: [number] } }),
    }
    const state: Record<string, Attributes> = {}
    for (const clusters of [plan.fixed, plan.live, given])
      for (const [cluster, attributes] of Object.entries(clusters))
        state[cluster] = { ...state[cluster], ...attributes }
    const endpoint = new Endpoint(endpointType(plan), { id: plan.id, number, ...state })
    await this.#aggregator.add(endpoint)
    // matter.js keeps the position: a kill in the middle of a press leaves it held, and a held button cannot be pressed.
    if (plan.device === "generic-switch") await endpoint.setStateOf("switch", released)
    this.shown.set(plan.id, { endpoint, plan })
  }
}

const update = async (shown: Shown, next: EndpointPlan) => {
  let writes = 0
  for (const [cluster, attributes] of Object.entries(next.live)) {
    const changed = difference(shown.plan.live[cluster] ?? {}, attributes)
    if (changed === null) continue
    await shown.endpoint.setStateOf(cluster, changed)
    writes++
  }
  shown.plan = next
  return writes
}

const difference = (before: Attributes, after: Attributes): Attributes | null => {
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value),
  )
  return changed.length === 0 ? null : Object.fromEntries(changed)
}
