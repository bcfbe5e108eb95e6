import { Effect } from "effect"
import { SyncCursor } from "../../store/SyncCursor.ts"
import { DeviceList } from "../DeviceList.ts"
import type { Step } from "../SyncPlan.ts"
import { readDelta } from "./readDelta.ts"
import { reread } from "./reread.ts"
import type { Lead } from "./Lead.ts"

/**
 * A webhook names the time of what changed, so that is read, deletions and all. If it brings nothing, whatever changed
 * is asked for; not for workouts, whose webhook is mostly about the steps of a day.
 */
export const answerRequest = Effect.fn("answerRequest")(function* (
  lead: Lead,
  { request, span }: Extract<Step, { readonly _tag: "Answer" }>,
) {
  const { feed, window } = request
  // Someone asks for all that is new, and no webhook: a device that has measured nothing yet is new too.
  if (feed === "getmeas" && window === null) yield* (yield* DeviceList).read(lead.personId)
  const found =
    window !== null && (yield* reread(lead, { feed, ...window, announced: false, expected: true }))
  if (!found && (window === null || feed !== "workout"))
    yield* readDelta(lead, { feed, span, announced: false })
  yield* (yield* SyncCursor).answered(lead.personId, request)
})
