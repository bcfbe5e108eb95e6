import { assert, it } from "@effect/vitest"
import { DeviceId } from "../../measure/Device.ts"
import { toNotification } from "./toNotification.ts"

const now = 1_795_000_100

it("bed in and out carry the mat and the moment", () => {
  assert.deepStrictEqual(
    toNotification({ userid: "7", appli: "51", deviceid: "mat", date: "1795000000" }, now),
    {
      _tag: "Bed",
      withingsUserId: "7",
      deviceId: DeviceId("mat"),
      inBed: false,
      at: 1_795_000_000,
    },
  )
})

it("a weighing asks for a pull and tells when it was taken", () => {
  assert.deepStrictEqual(
    toNotification({ userid: "7", appli: "1", startdate: "1795000000", enddate: "1795000001" }, now),
    {
      _tag: "Changed",
      withingsUserId: "7",
      feeds: ["getmeas"],
      window: { from: 1_795_000_000, to: 1_795_000_001 },
    },
  )
})

it("an activity's day is a local one, so no window is made of it", () => {
  assert.deepStrictEqual(toNotification({ userid: "7", appli: "16", date: "2026-11-21" }, now), {
    _tag: "Changed",
    withingsUserId: "7",
    feeds: ["day", "workout"],
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
    { userid: "7", appli: "50", deviceid: "mat", date: "9999999999" },
    { userid: "7", appli: "50", deviceid: "mat", date: "1795000000000" },
    { userid: "7", appli: "50", deviceid: "mat\u0000", date: "1795000000" },
    { userid: "7\u0000", appli: "1" },
  ]) {
    assert.isNull(toNotification(form, now))
  }
})

it("a bed move of a clock that is ahead happened now", () => {
  const form = { userid: "7", appli: "50", deviceid: "mat", date: String(now + 3600) }
  assert.deepInclude(toNotification(form, now), { inBed: true, at: now })
  assert.deepInclude(toNotification({ ...form, date: undefined }, now), { inBed: true, at: now })
})

it("a window that no weighing has is not read again", () => {
  for (const [startdate, enddate] of [
    ["1000000000", "1795000000"],
    ["1795000000", "9999999999"],
    ["1795000001", "1795000000"],
  ])
    assert.deepInclude(toNotification({ userid: "7", appli: "1", startdate, enddate }, now), { window: null })
})
