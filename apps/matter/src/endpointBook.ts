import { isDeepStrictEqual } from "node:util"
import type { EndpointPlan, Plan } from "./Plan.ts"
import { within32Bytes } from "./within32Bytes.ts"

/**
 * The endpoint number and name of every function there ever was. matter.js numbers endpoints too, but forgets a number
 * with its endpoint or with a damaged file. Rooms, names and automations of every controller depend on the number, so it
 * is never given to another function.
 */
export interface EndpointBook {
  /** By endpoint id. */
  readonly numbers: Readonly<Record<string, number>>
  /** The endpoints shown last, with their clusters. A difference raises Matter's configurationVersion. */
  readonly structure: Readonly<Record<string, string>>
  /** By endpoint id. A name stays, so that a new device never renames an old one. */
  readonly names: Readonly<Record<string, GivenName>>
}

interface GivenName {
  /** The name in the plan. When it changes, the endpoint gets a new name. */
  readonly wish: string
  readonly name: string
}

/** 0 is the node, 1 the aggregator. */
const firstNumber = 2

export const emptyBook: EndpointBook = { numbers: {}, structure: {}, names: {} }

/** The book with every endpoint of the plan in it. */
export const enter = (book: EndpointBook, plan: Plan): EndpointBook => {
  const numbers = { ...book.numbers }
  let next = Math.max(firstNumber - 1, ...Object.values(numbers)) + 1
  for (const { id } of plan.endpoints) numbers[id] ??= next++
  return {
    numbers,
    structure: Object.fromEntries(plan.endpoints.map((endpoint) => [endpoint.id, structureOf(endpoint)])),
    names: namesOf(book, plan),
  }
}

/** For a factory reset, after which every controller reads the names again. Numbers keep their meaning. */
export const forgetNames = (book: EndpointBook): EndpointBook => ({ ...book, names: {} })

const namesOf = (book: EndpointBook, plan: Plan): EndpointBook["names"] => {
  const names = { ...book.names }
  for (const { id, name } of plan.endpoints) if (names[id]?.wish !== name) delete names[id]
  const taken = new Set(Object.values(names).map(({ name }) => name))
  for (const { id, name: wish } of plan.endpoints) {
    if (names[id] !== undefined) continue
    let name = within32Bytes(wish)
    for (let turn = 2; taken.has(name); turn++) name = within32Bytes(wish, ` ${turn}`)
    taken.add(name)
    names[id] = { wish, name }
  }
  return names
}

/** Device type and clusters, which cannot change while an endpoint exists. */
export const structureOf = ({ device, live }: EndpointPlan) =>
  [device, ...Object.keys(live).toSorted()].join(" ")

export const sameStructure = (one: EndpointBook, other: EndpointBook) =>
  isDeepStrictEqual(one.structure, other.structure)

export const sameBook = (one: EndpointBook, other: EndpointBook) => isDeepStrictEqual(one, other)
