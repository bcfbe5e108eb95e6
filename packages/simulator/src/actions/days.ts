import { invalidParams } from "../cloud/ApiFailure.ts"
import type { History } from "../history/History.ts"
import type { Row } from "../history/Row.ts"
import type { PersonCall } from "./Action.ts"
import { dayParam, epochParam } from "./Params.ts"

const aDay = 86_400

/** Rows by calendar day, or those that changed since a moment; the request has to ask for one of the two. */
export const rowsByDay = <W>(
  { cloud, params }: PersonCall,
  history: History<W>,
  dateOf: (wire: W) => string,
): ReadonlyArray<Row<W>> => {
  const lived = cloud.household.livedUntil
  const modifiedSince = epochParam(params, "lastupdate")
  if (modifiedSince !== undefined) return history.rows(lived, { modifiedSince })
  const first = dayParam(params, "startdateymd")
  const last = dayParam(params, "enddateymd")
  if (first === undefined || last === undefined) {
    throw invalidParams("Missing startdateymd and enddateymd, or lastupdate")
  }
  if (first > last) throw invalidParams("startdateymd is after enddateymd")
  // Bounds that are wide enough for every time zone.
  const from = Date.parse(`${first}T00:00:00Z`) / 1000 - aDay
  const to = Date.parse(`${last}T00:00:00Z`) / 1000 + 2 * aDay
  return history.rows(lived, { from, to }).filter(({ wire }) => dateOf(wire) >= first && dateOf(wire) <= last)
}
