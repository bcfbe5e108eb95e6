import { Effect, SubscriptionRef } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import {
  type Reported,
  toTrouble,
  type Trouble,
  type TroubleCode,
  troubleKey,
  troubleText,
} from "./Trouble.ts"

/** The troubles of this process; logs the start and end of each. */
export const ownTroubles = Effect.map(
  SubscriptionRef.make<ReadonlyMap<string, Trouble>>(new Map()),
  (troubles) => ({
    all: Effect.map(SubscriptionRef.get(troubles), (all) => [...all.values()]),
    changes: troubles.changes,
    /** Starts a trouble, or changes its sentences. Returns it; null: nothing changed. */
    report: Effect.fn("Troubles.report")(function* (reported: Reported) {
      const fresh = toTrouble(reported, yield* epochSeconds)
      const key = troubleKey(fresh)
      const [before, trouble] = yield* SubscriptionRef.modify(troubles, (all) => {
        const before = all.get(key)
        const trouble = { ...fresh, since: before?.since ?? fresh.since }
        return [[before, trouble] as const, new Map(all).set(key, trouble)]
      })
      if (before === undefined) yield* Effect.logWarning(troubleText(trouble))
      return before !== undefined && troubleText(before) === troubleText(trouble) ? null : trouble
    }),
    /** Ends a trouble. Returns it; null: there was none. */
    resolve: Effect.fn("Troubles.resolve")(function* (code: TroubleCode, aboutId: string | null = null) {
      const key = troubleKey({ code, aboutId })
      // Most calls find nothing, and must not wake those who follow the list.
      if (!(yield* SubscriptionRef.get(troubles)).has(key)) return null
      const ended = yield* SubscriptionRef.modify(troubles, (all) => [
        all.get(key),
        new Map([...all].filter(([other]) => other !== key)),
      ])
      if (ended === undefined) return null
      yield* Effect.logInfo(`Resolved: ${ended.about === null ? "" : `${ended.about}: `}${ended.found}`).pipe(
        // Hosts that show only warnings show this one too.
        Effect.annotateLogs("trouble", "ended"),
      )
      return ended
    }),
  }),
)
