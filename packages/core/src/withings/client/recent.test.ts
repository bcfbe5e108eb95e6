import { describe, expect, it } from "vitest"
import { PersonId } from "../../measure/Person.ts"
import { windowsOf } from "./listRequests.ts"
import { toHeart } from "../decode/toHeart.ts"
import { toIntraday } from "../decode/toIntraday.ts"
import { toNightCurve } from "../decode/toNightCurve.ts"
import { toSound } from "../decode/toSound.ts"
import { readEpochs } from "../wire/envelope.ts"
import { readSignal } from "../wire/signal.ts"
import { readSound } from "../wire/sound.ts"

const day = 86_400
const pick = ({ measures }: ReturnType<typeof toHeart>) =>
  measures.map(({ group, kind, at, value }) => [group, kind, at, value])

describe("recordings of the heart", () => {
  const timestamp = 1_594_159_644

  it("become a verdict, a heart rate and a blood pressure under the id of their signal", () => {
    const record = {
      deviceid: "core",
      model: 44,
      ecg: { signalid: 48, afib: 1 },
      bloodpressure: { diastole: 80, systole: 121 },
      heart_rate: 82,
      modified: timestamp + 60,
      timestamp,
    }
    const decoded = toHeart(PersonId("p"), [record])
    expect(pick(decoded)).toEqual([
      ["48", "afib-ecg", timestamp, 1],
      ["48", "ecg-heart-rate", timestamp, 82],
      ["48", "blood-pressure-systolic", timestamp, 121],
      ["48", "blood-pressure-diastolic", timestamp, 80],
    ])
    expect(decoded.measures[0]).toMatchObject({ source: "heart", deviceId: "core", modified: timestamp + 60 })
    expect(decoded.newestModified).toBe(timestamp + 60)
  })

  it("keep what there is of one that lacks the rest, and skip one that cannot be placed", () => {
    const sound = { stetho: { signalid: 49, vhd: 2 }, heart_rate: 0, timestamp }
    const decoded = toHeart(PersonId("p"), [sound, { ecg: { signalid: 50, afib: 0 } }, { timestamp }, null])
    expect(pick(decoded)).toEqual([["49", "valve-disease", timestamp, 2]])
    expect(decoded.skipped.map(({ reason }) => reason)).toEqual([
      "has no timestamp",
      "has no id of a signal",
      "is not an object",
    ])
  })

  it("have a curve, or nothing that could be taken for one", () => {
    const curve = { signal: [-12, 0, 950], sampling_frequency: 300, wearposition: 1 }
    expect(readSignal(curve)).toEqual({ microvolts: [-12, 0, 950], samplingFrequency: 300, position: 1 })
    expect(readSignal({ ...curve, signal: [1, "x"] })).toBeNull()
    expect(readSignal({ signal: [] })).toBeNull()
  })
})

describe("sounds of the heart", () => {
  const timestamp = 1_594_159_644

  it("become a verdict under their id, and one that cannot be placed is skipped", () => {
    const sound = { signalid: 49, vhd: 2, hash_deviceid: "beamo", timezone: "Europe/Paris", timestamp }
    const decoded = toSound(PersonId("p"), [
      sound,
      { ...sound, signalid: 50, vhd: null },
      { timestamp },
      { signalid: 51 },
    ])
    expect(pick(decoded)).toEqual([["49", "valve-disease", timestamp, 2]])
    expect(decoded.measures[0]).toMatchObject({ source: "sound", deviceId: "beamo", modified: timestamp })
    expect(decoded.skipped).toEqual([
      { record: "?", reason: "has no id of a signal" },
      { record: "51", reason: "has no timestamp" },
    ])
  })

  it("are read as G.711 writes them, or not at all", () => {
    // Silence, the loudest and their negatives, from the tables of ITU-T G.711.
    const body = { signal: [0xd5, 0x55, 0xaa, 0x2a, 0x80, 0x00], frequency: 4000, position: 15 }
    const sound = readSound(body)
    expect(sound).toMatchObject({ samplingFrequency: 4000, position: 15 })
    expect([...(sound?.samples ?? [])]).toEqual([8, -8, 32_256, -32_256, 5504, -5504])
    expect(readSound({ ...body, signal: [256] })).toBeNull()
    expect(readSound({ ...body, signal: ["1"] })).toBeNull()
    expect(readSound({ signal: [1] })).toBeNull()
  })
})

describe("minutes of a day", () => {
  it("lie under their moments, and an empty day is an empty list", () => {
    const series = {
      1_700_000_000: { steps: 12, heart_rate: 71, spo2_auto: 0, rmssd: -1, deviceid: "watch" },
      1_700_000_060: { duration: 60 },
      noon: { steps: 3 },
    }
    const page = readEpochs({ series }, "series")
    const decoded = toIntraday(PersonId("p"), page?.records ?? [])
    expect(pick(decoded)).toEqual([
      ["1700000000", "intraday-steps", 1_700_000_000, 12],
      ["1700000000", "intraday-heart-rate", 1_700_000_000, 71],
      ["1700000060", "intraday-duration", 1_700_000_060, 60],
    ])
    expect(decoded.skipped).toEqual([
      { record: "noon", reason: "is not under a time between 1990 and two days from now" },
    ])
    expect(decoded.newestModified).toBe(1_700_000_060)
    expect(readEpochs({ series: [] }, "series")).toEqual({ records: [], nextOffset: null })
    expect(readEpochs({}, "series")).toBeNull()
  })
})

describe("minutes of a night", () => {
  it("are told apart by device, and zeros of what lives are left out", () => {
    const stage = {
      startdate: 1_600_000_000,
      enddate: 1_600_000_180,
      state: 2,
      hr: { 1_600_000_000: 51, 1_600_000_060: 0, 1e17: 50 },
      snoring: { 1_600_000_060: 0 },
    }
    const decoded = toNightCurve(
      PersonId("p"),
      [
        { ...stage, hash_deviceid: "mat" },
        { ...stage, hash_deviceid: "watch" },
      ],
      1_700_000_000,
    )
    expect(pick(decoded).slice(0, 3)).toEqual([
      ["1600000000@mat", "night-state", 1_600_000_000, 2],
      ["1600000000@mat", "night-heart-rate", 1_600_000_000, 51],
      ["1600000060@mat", "night-snoring", 1_600_000_060, 0],
    ])
    expect(new Set(decoded.measures.map(({ group, kind }) => group + kind)).size).toBe(6)
    expect(decoded.newestModified).toBe(1_600_000_060)
  })
})

describe("a stretch of time", () => {
  it("is asked for in windows of a day at most that leave nothing out, the newest first", () => {
    expect(windowsOf("intraday", { from: 0, to: 2.5 * day })).toEqual([
      { from: 1.5 * day, to: 2.5 * day },
      { from: 0.5 * day, to: 1.5 * day },
      { from: 0, to: 0.5 * day },
    ])
    expect(windowsOf("night-curve", { from: 0, to: day })).toEqual([{ from: 0, to: day }])
    expect(windowsOf("heart", { from: 1, to: 5000 * day })).toHaveLength(1)
  })
})
