import { invalidParams } from "../cloud/ApiFailure.ts"
import { dayParam, epochParam, type Params } from "./Params.ts"

/** Rows by calendar day, or those that changed since a moment; one of the two has to be asked for. */
export interface DaySelection {
  readonly modifiedSince?: number
  readonly includes: (date: string) => boolean
  /** Bounds that are wide enough for every time zone. */
  readonly from?: number
  readonly to?: number
}

const aDay = 86_400

export const daySelection = (params: Params): DaySelection => {
  const modifiedSince = epochParam(params, "lastupdate")
  if (modifiedSince !== undefined) return { modifiedSince, includes: () => true }
  const first = dayParam(params, "startdateymd")
  const last = dayParam(params, "enddateymd")
  if (first === undefined || last === undefined) {
    throw invalidParams("Missing startdateymd and enddateymd, or lastupdate")
  }
  if (first > last) throw invalidParams("startdateymd is after enddateymd")
  return {
    includes: (date) => date >= first && date <= last,
    from: Date.parse(`${first}T00:00:00Z`) / 1000 - aDay,
    to: Date.parse(`${last}T00:00:00Z`) / 1000 + 2 * aDay,
  }
}
