import { Effect } from "effect"
import { SyncCursor } from "../../store/SyncCursor.ts"
import { DeviceList } from "../DeviceList.ts"
import type { Step } from "../SyncPlan.ts"
import type { Lead } from "../Lead.ts"
import { readAndKeep } from "./readPages.ts"
import { reread } from "./reread.ts"

/** Reads what was changed since the last time. */
export const readDelta = Effect.fn("readDelta")(function* (
  lead: Lead,
  step: Omit<Extract<Step, { readonly _tag: "Delta" }>, "_tag">,
) {
  const { newest } = yield* readAndKeep(lead, step)
  // Only at the end: pages come in no order, and an interrupted delta must be read again.
  yield* (yield* SyncCursor).advance(lead.personId, step.feed, newest)
})

/**
 * A webhook gives the window of the change, which is read with its deletions. If that finds nothing, a delta follows;
 * not for workouts, whose webhook is mostly about the steps of a day.
 */
export const answerRequest = Effect.fn("answerRequest")(function* (
  lead: Lead,
  { request, span }: Extract<Step, { readonly _tag: "Answer" }>,
) {
  const { catchUp = false, feed, window } = request
  // Not a webhook: whoever asks for all that is new may also have a new device.
  if (feed === "getmeas" && window === null && !catchUp) yield* (yield* DeviceList).read(lead.personId)
  // Also finds earlier weigh-ins whose webhooks were lost, at no extra request.
  const since = feed === "getmeas" && "modified" in span ? { since: span.modified } : {}
  const found =
    window !== null && (yield* reread(lead, { feed, ...window, ...since, announced: false, expected: true }))
  if (catchUp || (!found && (window === null || feed !== "workout")))
    yield* readDelta(lead, { feed, span, announced: false })
  yield* (yield* SyncCursor).answered(lead.personId, request)
})
