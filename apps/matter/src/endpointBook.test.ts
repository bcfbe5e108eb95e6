import { expect, it } from "vitest"
import { emptyBook, type EndpointBook, enter, sameStructure } from "./endpointBook.ts"
import type { EndpointPlan } from "./Plan.ts"

const endpoint = (id: string, name = id): EndpointPlan => ({
  id,
  name,
  device: "contact-sensor",
  fixed: {},
  live: { booleanState: { stateValue: true } },
})

/** A small generator with a seed, so that a failure can be seen again. */
const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}

it("never gives a number a second meaning, over ten random sequences of adding, removing and restarting", () => {
  for (let seed = 1; seed <= 10; seed++) {
    const next = random(seed)
    const meaning = new Map<number, string>()
    let book: EndpointBook = emptyBook
    for (let step = 0; step < 200; step++) {
      const ids = Array.from({ length: 30 }, (_, index) => `function-${index}`).filter(() => next() < 0.4)
      book = enter(book, { endpoints: ids.toSorted(() => next() - 0.5).map((id) => endpoint(id)) })
      if (next() < 0.2) book = JSON.parse(JSON.stringify(book))
      for (const [id, number] of Object.entries(book.numbers)) {
        expect(meaning.get(number) ?? id).toBe(id)
        meaning.set(number, id)
      }
    }
    expect(Math.min(...meaning.keys())).toBe(2)
    expect(meaning.size).toBe(30)
  }
})

it("tells whether the structure is another one", () => {
  const one = enter(emptyBook, { endpoints: [endpoint("a"), endpoint("b")] })
  expect(sameStructure(one, enter(one, { endpoints: [endpoint("b"), endpoint("a")] }))).toBe(true)
  expect(sameStructure(one, enter(one, { endpoints: [endpoint("a")] }))).toBe(false)
  expect(sameStructure(one, enter(one, { endpoints: [endpoint("a"), endpoint("c")] }))).toBe(false)
  const withBattery = { ...endpoint("b"), live: { ...endpoint("b").live, powerSource: {} } }
  expect(sameStructure(one, enter(one, { endpoints: [endpoint("a"), withBattery] }))).toBe(false)
})

it("keeps a name once it is given, whoever else asks for it later, and whichever comes first", () => {
  const nameOf = (book: EndpointBook, id: string) => book.names[id]?.name
  const one = enter(emptyBook, { endpoints: [endpoint("old", "Ann weighed")] })
  const both = enter(one, { endpoints: [endpoint("new", "Ann weighed"), endpoint("old", "Ann weighed")] })
  expect([nameOf(both, "old"), nameOf(both, "new")]).toEqual(["Ann weighed", "Ann weighed 2"])
  // Gone for a while, it is still its own.
  const without = enter(both, { endpoints: [endpoint("new", "Ann weighed")] })
  const third = enter(without, {
    endpoints: [endpoint("new", "Ann weighed"), endpoint("third", "Ann weighed")],
  })
  expect([nameOf(third, "new"), nameOf(third, "third")]).toEqual(["Ann weighed 2", "Ann weighed 3"])
  expect(nameOf(enter(third, { endpoints: [endpoint("old", "Anna weighed")] }), "old")).toBe("Anna weighed")
})

it("gives names within 32 bytes, all different", () => {
  const long = "Éléphant d'Analyse du Sommeil €€"
  const names = Object.values(
    enter(emptyBook, { endpoints: Array.from({ length: 12 }, (_, id) => endpoint(`${id}`, long)) }).names,
  ).map(({ name }) => name)
  expect(new Set(names).size).toBe(12)
  for (const name of names) expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(32)
})
