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
  const { catchUp = false, feed, window } = request
  // Someone asks for all that is new, and no webhook: a device that has measured nothing yet is new too.
  if (feed === "getmeas" && window === null && !catchUp) yield* (yield* DeviceList).read(lead.personId)
  // A weigh-in brings those before it whose webhooks were lost: there are few, and it costs no more.
  const since = feed === "getmeas" && "modified" in span ? { since: span.modified } : {}
  const found =
    window !== null && (yield* reread(lead, { feed, ...window, ...since, announced: false, expected: true }))
  if (catchUp || (!found && (window === null || feed !== "workout")))
    yield* readDelta(lead, { feed, span, announced: false })
  yield* (yield* SyncCursor).answered(lead.personId, request)
})
