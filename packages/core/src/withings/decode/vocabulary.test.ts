import { expect, it } from "vitest"
import { napKey } from "../../measure/kinds/sleep.ts"
import { measureKinds } from "../../measure/measureKinds.ts"
import { nightFields } from "../client/dataFields.ts"

// The compiler holds every other word of the wire tables: their kinds are `KindKey`.
it.each(nightFields.map(({ kind }) => napKey(kind)))("%s, of a nap, is a word of the vocabulary", (key) => {
  expect(Object.hasOwn(measureKinds, key)).toBe(true)
})
