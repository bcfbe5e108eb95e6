import { Effect, Schedule, Stream } from "effect"
import { ownTroubles } from "../trouble/ownTroubles.ts"
import { Troubles } from "../trouble/Troubles.ts"
import { HubClient } from "./HubClient.ts"

const lookAgain = Schedule.spaced("1 minute")

/** The troubles of this process and those of the household at the hub. */
export const hubTroubles = Effect.gen(function* () {
  const client = yield* HubClient
  const own = yield* ownTroubles
  const theirs = Effect.orElseSucceed(client.Troubles(), () => [])
  const current = Effect.zipWith(own.all, theirs, (mine, others) =>
    [...mine, ...others].toSorted((one, other) => one.since - other.since),
  )
  return Troubles.of({
    report: (reported) => Effect.asVoid(own.report(reported)),
    resolve: (code, aboutId) => Effect.asVoid(own.resolve(code, aboutId)),
    current,
    changes: Stream.merge(own.changes, Stream.fromSchedule(lookAgain)).pipe(
      Stream.mapEffect(() => current),
      Stream.changesWith((one, other) => JSON.stringify(one) === JSON.stringify(other)),
    ),
  })
})
