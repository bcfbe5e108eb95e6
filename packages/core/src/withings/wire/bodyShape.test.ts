import { FastCheck } from "effect"
import { expect, it } from "vitest"
import { misshapen, noBody, seeMore } from "./bodyShape.ts"

const shapeOf = (text: string, cut = text.length) => {
  const bytes = Buffer.from(text)
  let shape = noBody
  for (let at = 0; at < bytes.length; at += Math.max(1, cut))
    shape = seeMore(shape, bytes.subarray(at, at + Math.max(1, cut)))
  return shape
}

const depthOf = (value: unknown): number =>
  typeof value !== "object" || value === null
    ? 0
    : 1 + Object.values(value).reduce<number>((deepest, one) => Math.max(deepest, depthOf(one)), 0)

it("sees how deep any JSON is, wherever it is cut", () => {
  FastCheck.assert(
    FastCheck.property(
      FastCheck.json({ maxDepth: 6 }),
      FastCheck.integer({ min: 1, max: 9 }),
      (text, cut) => {
        expect(shapeOf(text, cut)).toMatchObject({
          depth: 0,
          deepest: depthOf(JSON.parse(text)),
          inText: false,
        })
      },
    ),
  )
})

it("takes a large page, and no brackets without end", () => {
  const page = JSON.stringify({ body: Array.from({ length: 20_000 }, () => ({ a: "[[[{{{", b: 1, c: 2 })) })
  expect(misshapen(shapeOf(page))).toBeNull()
  expect(misshapen(shapeOf("[".repeat(1000)))).toBe("it is nested deeper than 50 levels")
  expect(misshapen(shapeOf("[],".repeat(600_000)))).toBe("it has more than 500000 lists and objects")
})
