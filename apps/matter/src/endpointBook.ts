import type { EndpointPlan, Plan } from "./Plan.ts"

/**
 * Which endpoint number every function ever had. matter.js numbers endpoints too, but forgets a number with the
 * endpoint or with a damaged file; rooms, names and automations of every controller hang on them, so a number keeps
 * its meaning here for ever and is never given to another function.
 */
export interface EndpointBook {
  /** By endpoint id. */
  readonly numbers: Readonly<Record<string, number>>
  /** What was shown last: endpoint id and its clusters. A difference raises Matter's configurationVersion. */
  readonly structure: Readonly<Record<string, string>>
}

/** 0 is the node, 1 the aggregator. */
const firstNumber = 2

export const emptyBook: EndpointBook = { numbers: {}, structure: {} }

/** The book with every endpoint of the plan in it. */
export const enter = (book: EndpointBook, plan: Plan): EndpointBook => {
  const numbers = { ...book.numbers }
  let next = Math.max(firstNumber - 1, ...Object.values(numbers)) + 1
  for (const { id } of plan.endpoints) numbers[id] ??= next++
  return {
    numbers,
    structure: Object.fromEntries(plan.endpoints.map((endpoint) => [endpoint.id, structureOf(endpoint)])),
  }
}

/** Device type and clusters: what cannot change while an endpoint stands. */
export const structureOf = ({ device, live }: EndpointPlan) =>
  [device, ...Object.keys(live).toSorted()].join(" ")

export const sameStructure = (one: EndpointBook, other: EndpointBook) => {
  const ids = Object.keys(one.structure)
  return (
    ids.length === Object.keys(other.structure).length &&
    ids.every((id) => one.structure[id] === other.structure[id])
  )
}
