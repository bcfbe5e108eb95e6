import { invalidParams } from "../cloud/ApiFailure.ts"
import { ecgSignal, recorderOf } from "../history/ecg.ts"
import { personAction } from "./Action.ts"
import { pageOf } from "./page.ts"
import { booleanOf, dateRange, requiredInteger } from "./Params.ts"

const scopes = ["user.metrics"]

const pageSize = 300

export const listHearts = personAction(scopes, (call) => {
  const { cloud, params, person } = call
  const rows = person.histories.hearts.rows(cloud.household.livedUntil, dateRange(params))
  const { items, paging } = pageOf(call, rows, pageSize)
  return { series: items.map(({ wire }) => wire), ...paging }
})

export const getHeart = personAction(scopes, ({ cloud, params, person }) => {
  const signalid = requiredInteger(params, "signalid")
  booleanOf(params, "with_filtered")
  booleanOf(params, "with_intervals")
  const record = person.histories.hearts.find(cloud.household.livedUntil, signalid)?.wire
  if (!record) throw invalidParams("unknown signalid")
  const recorder = recorderOf(record.model)
  return {
    signal: ecgSignal(signalid, record.heart_rate, recorder),
    sampling_frequency: recorder.samplingFrequency,
    wearposition: recorder.wearposition,
    model: record.model,
    heart_rate: record.heart_rate,
  }
})
