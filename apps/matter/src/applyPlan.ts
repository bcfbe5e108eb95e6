import { Endpoint } from "@matter/main"
import { enter, type EndpointBook, sameStructure, structureOf } from "./endpointBook.ts"
import { endpointType } from "./endpointType.ts"
import type { Attributes, EndpointPlan, Plan } from "./Plan.ts"

/** An endpoint that stands in the node, and what was last written to it. */
interface Shown {
  readonly endpoint: Endpoint
  plan: EndpointPlan
}

export interface Applied {
  readonly added: number
  readonly removed: number
  /** Clusters written. */
  readonly writes: number
  readonly structureChanged: boolean
}

/** Brings the aggregator to what a plan says, touching only what differs from the plan before. */
export class PlanApplier {
  readonly shown = new Map<string, Shown>()
  readonly #aggregator: Endpoint
  book: EndpointBook

  constructor(aggregator: Endpoint, book: EndpointBook) {
    this.#aggregator = aggregator
    this.book = book
  }

  async apply(plan: Plan): Promise<Applied> {
    const book = enter(this.book, plan)
    const structureChanged = !sameStructure(this.book, book)
    this.book = book

    let removed = 0
    const planned = new Map(plan.endpoints.map((endpoint) => [endpoint.id, endpoint]))
    for (const [id, { endpoint, plan }] of this.shown) {
      const next = planned.get(id)
      if (next !== undefined && structureOf(next) === structureOf(plan)) continue
      // close keeps what matter.js stored of the endpoint (a controller's label), delete would not.
      await endpoint.close()
      this.shown.delete(id)
      removed++
    }

    let added = 0
    let writes = 0
    for (const next of plan.endpoints) {
      const shown = this.shown.get(next.id)
      if (shown === undefined) {
        await this.#add(next, book)
        added++
      } else writes += await update(shown, next)
    }
    return { added, removed, writes, structureChanged }
  }

  /** One press of the button of a person and device: Switch.initialPress. */
  async press(descriptorId: string): Promise<void> {
    for (const { endpoint, plan } of this.shown.values())
      if (plan.device === "generic-switch" && plan.descriptorId === descriptorId) {
        await endpoint.setStateOf("switch", { currentPosition: 1 })
        await endpoint.setStateOf("switch", { currentPosition: 0 })
      }
  }

  async #add(plan: EndpointPlan, { numbers }: EndpointBook) {
    const state: Record<string, Attributes> = { ...plan.fixed }
    for (const [cluster, attributes] of Object.entries(plan.live))
      state[cluster] = { ...state[cluster], ...attributes }
    const number = numbers[plan.id]
    const endpoint = new Endpoint(endpointType(plan), {
      id: plan.id,
      ...(number === undefined ? {} : { number }),
      ...state,
    })
    await this.#aggregator.add(endpoint)
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
