import type { Device } from "../household/Device.ts"
import type { Row } from "./Row.ts"

/** A measure as getmeas answers it: the value is `value` times ten to the power of `unit`. */
export interface WireMeasure {
  readonly value: number
  readonly type: number
  readonly unit: number
  readonly algo?: number
  readonly fm?: number
  /** Seen in recordings of Body Scan; meaning unknown. */
  readonly algo_params?: number
  readonly apppfmid?: number
  readonly appliver?: number
  readonly position?: number
}

/** A group as getmeas answers it. The document says `model_id`; real answers say `modelid`. */
export interface MeasureGroup {
  readonly grpid: number
  readonly attrib: number
  readonly date: number
  readonly created: number
  readonly modified: number
  readonly category: number
  readonly deviceid: string | null
  readonly hash_deviceid: string | null
  readonly measures: ReadonlyArray<WireMeasure>
  readonly modelid: number | null
  readonly model: string | null
  readonly comment: string | null
}

/** The origin of a measure, by `fm` in real answers. */
const fmOf = { device: 131, manual: 128, segment: 3 } as const

export const measure = (type: number, real: number, unit: number, position?: number): WireMeasure => ({
  value: Math.round(real * 10 ** -unit),
  type,
  unit,
  algo: 0,
  fm: position === undefined ? fmOf.device : fmOf.segment,
  ...(position === undefined ? {} : { position }),
})

/** Entered by hand in the app. */
export const manualMeasure = (type: number, real: number, unit: number): WireMeasure => ({
  ...measure(type, real, unit),
  fm: fmOf.manual,
  apppfmid: 7,
  appliver: 5_050_021,
})

export interface GroupFacts {
  readonly grpid: number
  readonly date: number
  readonly device: Device | null
  readonly measures: ReadonlyArray<WireMeasure>
  /** 0 by a device, 1 ambiguous, 2 manual, 4 manual at account creation, 5 best of several, 8 as 0. */
  readonly attrib?: number
  /** 1 real, 2 objective. */
  readonly category?: number
  readonly created?: number
  readonly modified?: number
}

export const groupOf = (facts: GroupFacts): MeasureGroup => {
  const created = facts.created ?? facts.date + 60
  return {
    grpid: facts.grpid,
    attrib: facts.attrib ?? 0,
    date: facts.date,
    created,
    modified: facts.modified ?? created,
    category: facts.category ?? 1,
    deviceid: facts.device?.deviceid ?? null,
    hash_deviceid: facts.device?.hash_deviceid ?? null,
    measures: facts.measures,
    modelid: facts.device?.model_id ?? null,
    model: facts.device?.model ?? null,
    comment: null,
  }
}

export const rowOfGroup = (group: MeasureGroup): Row<MeasureGroup> => ({
  id: group.grpid,
  start: group.date,
  end: group.date,
  created: group.created,
  modified: group.modified,
  wire: group,
})
