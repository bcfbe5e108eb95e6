import { assert, it } from "@effect/vitest"
import { wantedApplis } from "../withings/decode/toNotification.ts"
import { reconcile } from "./subscribe.ts"

const url = "https://home.example.org/hook/s3cret"

it("adds what is missing, takes away our address of before, and leaves those of others", () => {
  const ours = { appli: 1, callbackUrl: url }
  const before = { appli: 4, callbackUrl: "https://old.example.org/s3cret" }
  const anothers = { appli: 44, callbackUrl: "https://home.example.org/hook/another" }
  const { add, remove } = reconcile([ours, before, anothers], url, "s3cret")
  assert.deepStrictEqual(remove, [before])
  assert.deepStrictEqual(
    add.map(({ appli }) => appli),
    wantedApplis.filter((appli) => appli !== 1),
  )
})

it("does nothing when all is well", () => {
  const known = wantedApplis.map((appli) => ({ appli, callbackUrl: url }))
  assert.deepStrictEqual(reconcile(known, url, "s3cret"), { add: [], remove: [] })
})

it("asks for beds first, since no poll tells of them", () => {
  assert.deepStrictEqual(
    reconcile([], url, "s3cret")
      .add.slice(0, 2)
      .map(({ appli }) => appli),
    [50, 51],
  )
})
