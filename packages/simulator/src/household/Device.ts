import { hexId } from "./random.ts"

export type Battery = "high" | "medium" | "low" | "unknown"

/** A device as `getdevice` answers it. */
export interface Device {
  readonly type: string
  readonly battery: Battery
  readonly model: string
  readonly model_id: number
  readonly timezone: string
  readonly first_session_date: number | null
  readonly last_session_date: number | null
  readonly deviceid: string
  readonly hash_deviceid: string
}

/** What devices of the same model have in common. */
export interface Product {
  readonly type: string
  readonly model: string
  readonly model_id: number
}

/** From the API's model table, except those marked "field", which were only seen in answers. */
export const products = {
  smartBodyAnalyzer: { type: "Scale", model: "Smart Body Analyzer", model_id: 4 },
  bodyPlus: { type: "Scale", model: "Body+", model_id: 5 },
  bodyComp: { type: "Scale", model: "Body Comp", model_id: 18 },
  bodyScan: { type: "Scale", model: "Body Scan", model_id: 10 },
  /** field: 16 is not in the API's table. */
  bodySmart: { type: "Scale", model: "Body Smart", model_id: 16 },
  bpmCore: { type: "Blood Pressure Monitor", model: "BPM Core", model_id: 44 },
  bpmConnect: { type: "Blood Pressure Monitor", model: "BPM Connect", model_id: 45 },
  /** The Sleep Analyzer's name for itself. */
  sleepMat: { type: "Sleep Monitor", model: "Aura Sensor V2", model_id: 63 },
  /** field: an older mat, which names no model. */
  unnamedMat: { type: "Sleep Monitor", model: "", model_id: 13 },
  thermo: { type: "Smart Connected Thermometer", model: "Thermo", model_id: 70 },
  scanWatch: { type: "Activity Tracker", model: "ScanWatch", model_id: 93 },
  scanWatch2: { type: "Activity Tracker", model: "ScanWatch 2", model_id: 94 },
  phone: { type: "HealthKit Google", model: "GoogleFit tracker", model_id: 1055 },
} as const satisfies Record<string, Product>

export const deviceOf = (
  product: Product,
  identity: string,
  facts: Pick<Device, "timezone"> &
    Partial<Pick<Device, "battery" | "first_session_date" | "last_session_date">>,
): Device => {
  const id = hexId(identity)
  const { type, model, model_id } = product
  const usual = { battery: "high", first_session_date: null, last_session_date: null } as const
  return { type, model, model_id, ...usual, ...facts, deviceid: id, hash_deviceid: id }
}
