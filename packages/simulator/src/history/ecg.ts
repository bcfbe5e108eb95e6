import type { Body } from "../household/Body.ts"
import { between, chance, normal, randomOf, whole } from "../household/random.ts"
import { epochOf } from "../household/zone.ts"
import { products } from "../household/Device.ts"
import { cuffOf } from "./bloodPressure.ts"
import { daysOf } from "./History.ts"
import { measure, type WireMeasure } from "./MeasureGroup.ts"
import type { Row } from "./Row.ts"

/** A recording as heart list answers it. */
export interface HeartRecord {
  readonly deviceid: string
  readonly model: number
  /** Missing when only the stethoscope recorded. */
  readonly ecg?: { readonly signalid: number; readonly afib: number }
  /** The heart's sound; `vhd` 0: no sign of a valve disease. */
  readonly stetho?: { readonly signalid: number; readonly vhd: number }
  readonly bloodpressure?: { readonly diastole: number; readonly systole: number }
  readonly heart_rate: number
  readonly modified: number
  readonly timestamp: number
}

export interface Ecg {
  readonly timestamp: number
  readonly signalid: number
  readonly afib: number
  readonly heartRate: number
  /** Intervals, which getmeas answers as a group. */
  readonly measures: ReadonlyArray<WireMeasure>
}

/** 0 negative, 1 positive, 2 inconclusive. */
const afibOf = (drawn: number): number => {
  if (drawn < 0.9) return 0
  return drawn < 0.94 ? 1 : 2
}

const signalIdOf = (body: Body, timestamp: number): number =>
  (body.userid % 100_000) * 10_000_000_000 + timestamp

export const ecgAt = (body: Body, timestamp: number, given?: number): Ecg => {
  const random = randomOf(`${body.seed}/ecg/${timestamp}`)
  const afib = given ?? afibOf(random())
  return {
    timestamp,
    signalid: signalIdOf(body, timestamp),
    afib,
    heartRate: Math.round(normal(random, body.pulse + 5, 6)),
    measures: [
      measure(130, afib, 0),
      measure(135, whole(random, 82, 104), 0),
      measure(136, whole(random, 130, 180), 0),
      measure(137, whole(random, 360, 410), 0),
      measure(138, whole(random, 390, 430), 0),
    ],
  }
}

/** A person with a watch records an ECG every second week or so. */
export const ecgOf = (body: Body, day: number): Ecg | null => {
  const random = randomOf(`${body.seed}/${day}/records-ecg`)
  if (!body.watch || !chance(random, 0.07)) return null
  return ecgAt(body, Math.round(epochOf(body.timezone, day, between(random, 9, 21) * 3600)))
}

export const rowOfEcg = (
  ecg: Ecg,
  deviceid: string,
  model: number,
  now = ecg.timestamp + 120,
): Row<HeartRecord> => ({
  id: ecg.signalid,
  start: ecg.timestamp,
  end: ecg.timestamp,
  created: now,
  modified: now,
  wire: {
    deviceid,
    model,
    ecg: { signalid: ecg.signalid, afib: ecg.afib },
    heart_rate: ecg.heartRate,
    modified: now,
    timestamp: ecg.timestamp,
  },
})

/** The id of the sound. No curve has it: theirs end in an epoch below 5,000,000,000. */
const soundOf = (ecg: Ecg): number => ecg.signalid + 5_000_000_000

/** A BPM Core records curve and sound of the heart with each blood pressure. */
const cuffRecord = (body: Body, day: number): ReadonlyArray<Row<HeartRecord>> => {
  const monitor = body.bloodPressureMonitor
  const cuff = monitor.model_id === products.bpmCore.model_id ? cuffOf(body, day) : null
  if (!cuff) return []
  const { timestamp, diastole, systole, pulse } = cuff
  const ecg = ecgAt(body, timestamp)
  const row = rowOfEcg(ecg, monitor.deviceid, monitor.model_id)
  const listens = chance(randomOf(`${body.seed}/${day}/listens`), 0.5)
  const vhd = chance(randomOf(`${body.seed}/${day}/valves`), 0.05) ? 1 : 0
  return [
    {
      ...row,
      wire: {
        ...row.wire,
        heart_rate: pulse,
        bloodpressure: { diastole, systole },
        ...(listens ? { stetho: { signalid: soundOf(ecg), vhd } } : {}),
      },
    },
  ]
}

export const heartRecordsOf =
  (body: Body) =>
  (month: number): ReadonlyArray<Row<HeartRecord>> =>
    daysOf(month).flatMap((day) => {
      const ecg = ecgOf(body, day)
      const worn = ecg && body.watch ? [rowOfEcg(ecg, body.watch.deviceid, body.watch.model_id)] : []
      return [...worn, ...cuffRecord(body, day)]
    })

/** Duration, samples per second and position of a recording, as documented. */
export interface Recorder {
  readonly seconds: number
  readonly samplingFrequency: number
  readonly wearposition: number
}

const watch: Recorder = { seconds: 30, samplingFrequency: 300, wearposition: 1 }
const cuff: Recorder = { seconds: 20, samplingFrequency: 500, wearposition: 3 }

export const recorderOf = (model: number): Recorder => (model === products.bpmCore.model_id ? cuff : watch)

/** The waves of a beat: position in the beat, width, microvolts. */
const waves: ReadonlyArray<readonly [number, number, number]> = [
  [0.18, 0.025, 110],
  [0.345, 0.008, -120],
  [0.365, 0.01, 950],
  [0.39, 0.009, -210],
  [0.62, 0.045, 260],
]

/** A synthetic lead I in microvolts. */
export const ecgSignal = (
  signalid: number,
  heartRate: number,
  { seconds, samplingFrequency }: Recorder,
): Array<number> => {
  const random = randomOf(`signal/${signalid}`)
  const beat = 60 / heartRate
  return Array.from({ length: seconds * samplingFrequency }, (_, index) => {
    const phase = (index / samplingFrequency / beat) % 1
    const height = waves.reduce(
      (sum, [centre, width, peak]) => sum + peak * Math.exp(-((phase - centre) ** 2) / (2 * width ** 2)),
      0,
    )
    return Math.round(height + between(random, -12, 12))
  })
}
