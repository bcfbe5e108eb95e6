import { GroupId } from "../../measure/Measure.ts"
import { noText, noTime, textIn, timeIn, type Wire } from "../wire/read.ts"

/** Id, begin and end (epoch seconds) of a night or workout; or why it is skipped. */
export const stretchIn = (record: Wire, now: number) => {
  const group = textIn(record, "id")
  const start = timeIn(record, "startdate", now)
  const end = timeIn(record, "enddate", now)
  if (group === null) return noText(record, "id")
  if (start === null) return noTime(record, "startdate")
  if (end === null) return noTime(record, "enddate")
  return end < start ? "ends before it begins" : { group: GroupId(group), start, end }
}
