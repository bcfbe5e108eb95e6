import { answers, unasked, type Circumstances, type Step } from "../src/sync/SyncPlan.ts"

/** For who takes one step after the other; the engine answers while it reads the past. */
export const nextInTurn = (circumstances: Circumstances): Step => {
  const answer = answers(circumstances)
  return answer._tag === "Wait" ? unasked(circumstances) : answer
}
