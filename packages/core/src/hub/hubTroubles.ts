import { Duration, Effect, Schedule, Stream, SubscriptionRef } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import { type Reported, toTrouble, type Trouble, troubleKey, troubleText } from "../trouble/Trouble.ts"
import { Troubles } from "../trouble/Troubles.ts"
import { HubClient } from "./HubClient.ts"

const lookAgain = Duration.minutes(1)

/** What is wrong here, and what the hub finds wrong with the household. */
export const hubTroubles = Effect.gen(function* () {
  const client = yield* HubClient
  const own = yield* SubscriptionRef.make<ReadonlyMap<string, Trouble>>(new Map())
  const report = (reported: Reported) =>
    Effect.gen(function* () {
      const now = yield* epochSeconds
      const { isNew, trouble } = yield* SubscriptionRef.modify(own, (all) => {
        const fresh = toTrouble(reported, now)
        const before = all.get(troubleKey(fresh))
        const trouble = { ...fresh, since: before?.since ?? now }
        return [{ isNew: before === undefined, trouble }, new Map(all).set(troubleKey(trouble), trouble)]
      })
      if (isNew) yield* Effect.logWarning(troubleText(trouble))
    })
  const resolve = (code: Trouble["code"], aboutId?: string) =>
    Effect.gen(function* () {
      const key = troubleKey({ code, aboutId: aboutId ?? null })
      const all = yield* SubscriptionRef.get(own)
      const ended = all.get(key)
      if (ended === undefined) return
      yield* SubscriptionRef.set(own, new Map([...all].filter(([other]) => other !== key)))
      yield* Effect.annotateLogs(Effect.logInfo(`No longer so: ${ended.found}`), "trouble", "ended")
    })
  const current = Effect.gen(function* () {
    const theirs = yield* Effect.catchAll(client.Troubles(), () => Effect.succeed([]))
    const mine = [...(yield* SubscriptionRef.get(own)).values()]
    return [...mine, ...theirs].toSorted((one, other) => one.since - other.since)
  })
  return Troubles.of({
    report,
    resolve,
    current,
    changes: Stream.merge(own.changes, Stream.fromSchedule(Schedule.spaced(lookAgain))).pipe(
      Stream.mapEffect(() => current),
      Stream.changesWith((one, other) => JSON.stringify(one) === JSON.stringify(other)),
    ),
  })
})
