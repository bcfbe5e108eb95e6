import { isDeepStrictEqual } from "node:util"
import type { EndpointPlan, Plan } from "./Plan.ts"
import { within32Bytes } from "./within32Bytes.ts"

/**
 * Which endpoint number and name every function ever had. matter.js numbers endpoints too, but forgets a number with the
 * endpoint or with a damaged file; rooms, names and automations of every controller hang on them, so a number keeps
 * its meaning here for ever and is never given to another function.
 */
export interface EndpointBook {
  /** By endpoint id. */
  readonly numbers: Readonly<Record<string, number>>
  /** What was shown last: endpoint id and its clusters. A difference raises Matter's configurationVersion. */
  readonly structure: Readonly<Record<string, string>>
  /** By endpoint id. A name once given stays, so that a new device never renames an old one. */
  readonly names: Readonly<Record<string, GivenName>>
}

interface GivenName {
  /** What the plan asked for. Someone who changes a name in the settings gets a new one. */
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

/** For a factory reset: every controller asks for names anew. Numbers keep their meaning. */
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

/** Device type and clusters: what cannot change while an endpoint stands. */
export const structureOf = ({ device, live }: EndpointPlan) =>
  [device, ...Object.keys(live).toSorted()].join(" ")

export const sameStructure = (one: EndpointBook, other: EndpointBook) =>
  isDeepStrictEqual(one.structure, other.structure)

export const sameBook = (one: EndpointBook, other: EndpointBook) => isDeepStrictEqual(one, other)
