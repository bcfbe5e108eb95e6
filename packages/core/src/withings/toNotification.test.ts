import { assert, it } from "@effect/vitest"
import { toNotification } from "./toNotification.ts"

it("bed in and out carry the mat and the moment", () => {
  assert.deepStrictEqual(toNotification({ userid: "7", appli: "51", deviceid: "mat", date: "1795000000" }), {
    _tag: "Bed",
    withingsUserId: "7",
    deviceId: "mat",
    inBed: false,
    at: 1_795_000_000,
  })
})

it("a weighing asks for a pull and tells when it was taken", () => {
  assert.deepStrictEqual(
    toNotification({ userid: "7", appli: "1", startdate: "1795000000", enddate: "1795000001" }),
    {
      _tag: "Changed",
      withingsUserId: "7",
      feeds: ["getmeas"],
      window: { from: 1_795_000_000, to: 1_795_000_001 },
    },
  )
})

it("an activity's day is a local one, so no window is made of it", () => {
  assert.deepStrictEqual(toNotification({ userid: "7", appli: "16", date: "2026-11-21" }), {
    _tag: "Changed",
    withingsUserId: "7",
    feeds: ["day", "workout", "intraday"],
    window: null,
  })
})

it("what is of no use is nothing", () => {
  for (const form of [
    {},
    { userid: "7" },
    { userid: "", appli: "1" },
    { userid: "7", appli: "999" },
    { userid: "7", appli: "50" },
  ]) {
    assert.isNull(toNotification(form))
  }
})
