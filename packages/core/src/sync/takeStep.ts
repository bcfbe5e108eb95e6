import { Effect } from "effect"
import { SyncCursor } from "../store/SyncCursor.ts"
import { WithingsApi } from "../withings/client/WithingsApi.ts"
import { DeviceList } from "./DeviceList.ts"
import { type Lead, stillLeads } from "./Lead.ts"
import { answerRequest, readDelta } from "./step/answerRequest.ts"
import { keepGoals } from "./step/keepGoals.ts"
import { readHistory } from "./step/readHistory.ts"
import { readRecent } from "./step/readRecent.ts"
import { reread } from "./step/reread.ts"
import type { Step } from "./SyncPlan.ts"
import { asUrgentAs, patiently, soon } from "./urgency.ts"

/** Takes one step of the plan: reads from Withings and keeps the result. */
export const takeStep = Effect.fnUntraced(function* (
  lead: Lead,
  step: Exclude<Step, { readonly _tag: "Wait" }>,
) {
  const { personId } = lead
  switch (step._tag) {
    case "Devices":
      return yield* (yield* DeviceList).read(personId)
    case "Goals":
      return yield* keepGoals(personId, yield* (yield* WithingsApi).goals(personId), stillLeads(lead))
    case "History":
      return yield* readHistory(lead, step).pipe(step.today ? soon : patiently)
    case "Delta":
      return yield* readDelta(lead, step)
    case "Reread":
      return yield* reread(lead, { ...step, expected: false }).pipe(patiently)
    case "Recent":
      return yield* readRecent(lead, step).pipe(step.request === null ? patiently : asUrgentAs(step.feed))
    case "Decline":
      return yield* (yield* SyncCursor).answered(personId, step.request)
    case "Answer":
      return yield* answerRequest(lead, step).pipe(asUrgentAs(step.request.feed))
  }
})
