import type { MeasureGroup } from "../history/MeasureGroup.ts"

/** A notification to subscribers. `appli` is the kind of news, which decides the fields. */
export interface Notice {
  readonly userid: number
  readonly appli: number
  readonly fields: Readonly<Record<string, string | number>>
}

/** The kinds of news, from the API's notification pages. */
export const appli = {
  weight: 1,
  temperature: 2,
  bloodPressure: 4,
  activity: 16,
  sleep: 44,
  account: 46,
  bedIn: 50,
  bedOut: 51,
  inflated: 52,
  noAccount: 53,
  ecg: 54,
  ecgFailed: 55,
  glucose: 58,
} as const

const temperatureTypes = new Set([12, 71, 73])
const bloodPressureTypes = new Set([9, 10, 54])

/** The kind of news a group of measures is; a pulse alone comes from a scale. */
export const appliOf = ({ measures }: Pick<MeasureGroup, "measures">): number => {
  if (measures.some(({ type }) => bloodPressureTypes.has(type))) return appli.bloodPressure
  return measures.some(({ type }) => temperatureTypes.has(type)) ? appli.temperature : appli.weight
}

/** As in real notifications, the range of a single measure ends a second after it starts. */
export const measuresNotice = (userid: number, kind: number, date: number): Notice => ({
  userid,
  appli: kind,
  fields: { startdate: date, enddate: date + 1 },
})

export const bedNotice = (userid: number, kind: number, deviceid: string, date: number): Notice => ({
  userid,
  appli: kind,
  fields: { deviceid, date },
})

export const sleepNotice = (userid: number, startdate: number, enddate: number): Notice => ({
  userid,
  appli: appli.sleep,
  fields: { startdate, enddate },
})

export const activityNotice = (userid: number, date: string): Notice => ({
  userid,
  appli: appli.activity,
  fields: { date },
})

export const accountNotice = (userid: number, action: "delete" | "unlink" | "update"): Notice => ({
  userid,
  appli: appli.account,
  fields: { action },
})
