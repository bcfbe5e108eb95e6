import { type SyncProgress, DeviceId } from "@withings-bridge/core"
import { describe, expect, it } from "vitest"
import { ann, descriptor, features, household, mat, now, reading, scale } from "../../test/sampleHousehold.ts"
import { toPageLanguage } from "../pageLanguage.ts"
import { readSettings } from "../settings.ts"
import { toHomeKit } from "../toHomeKit.ts"
import { toInHome, toRows } from "./toPageStatus.ts"

const feed = (name: SyncProgress["feed"], done: number, total: number | null, finishedAt: number | null) => ({
  personId: ann.id,
  feed: name,
  done,
  total,
  startedAt: now,
  finishedAt,
})

describe("the settings page", () => {
  it("tells who is signed in with how many devices, and who is not yet", () => {
    const phone = descriptor(ann, [features.steps(1)], { deviceId: null, deviceClass: "person" })
    const scaleAndMat = [scale, { ...mat, deviceId: DeviceId("mat") }, phone]
    expect(toRows(household(scaleAndMat, [ann]), ["Ann", "Bob"], [], "en")).toMatchObject([
      { id: ann.id, signedIn: true, sentence: "Signed in, 2 devices", lastSync: now, history: null },
      { id: null, name: "Bob", signedIn: false },
    ])
  })

  it("gives the reason why someone has to sign in again", () => {
    const lost = {
      ...ann,
      standing: { ...ann.standing, state: "needs-sign-in" as const, reason: "Access was withdrawn." },
    }
    expect(toRows(household([], [lost]), [], [], "en")[0]).toMatchObject({
      signedIn: false,
      sentence: "Signed out; has to sign in again. The last values are kept. Access was withdrawn.",
    })
  })

  it("speaks the language of the UI", () => {
    expect(toRows(household([], [ann]), [], [], "de")[0]?.sentence).toBe("Angemeldet, 0 Geräte")
    expect(toRows(household([], []), ["Bob"], [], "fr")[0]?.sentence).toBe("Non connecté")
    expect(["de-CH", "pt", undefined].map(toPageLanguage)).toEqual(["de", "en", "en"])
  })

  it("shows the first history until it is complete", () => {
    const historyOf = (progress: Parameters<typeof toRows>[2]) =>
      toRows(household([], [ann]), [], progress, "en")[0]?.history
    const rest = [feed("day", 5, 5, now), feed("workout", 5, 5, now)]
    expect(historyOf([feed("getmeas", 100, 400, null), feed("night", 10, 10, now), ...rest])).toMatchObject({
      done: 120,
      total: 420,
    })
    expect(historyOf([feed("getmeas", 400, 400, now), feed("night", 10, 10, now), ...rest])).toBeNull()
    expect(historyOf([])).toBeNull()
  })

  it("says where a rule stands", () => {
    const holds = descriptor(ann, [features.rule("Heavy", reading(1))], { deviceClass: "person" })
    const plans = toHomeKit(household([holds]), readSettings({}).settings)
    expect(toInHome(plans, "de")).toEqual([
      { name: "Heavy Ann", shows: "Kontaktsensor einer Regel: jetzt offen" },
    ])
  })

  it("says what will appear in Home, each kind once", () => {
    const plans = toHomeKit(household([scale]), readSettings({}).settings)
    expect(toInHome(plans, "en")).toEqual([
      { name: "Ann's scale", shows: "battery, button, measures (in Eve and Controller)" },
    ])
  })
})
