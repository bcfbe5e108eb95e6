import { epochSeconds } from "@withings-bridge/core"
import { Effect } from "effect"
import { askCore, household } from "../askCore.ts"
import { Refresh } from "../Refresh.ts"
import { shownDescriptors } from "../shownDescriptors.ts"
import { toGladys } from "../toGladys.ts"
import { HostApi } from "./HostApi.ts"
import { Settings } from "./Settings.ts"
import { longestFirst, toDiscovered } from "./toDiscovered.ts"

/** Seconds after a sign-in: longer than that, an incomplete list is better than none. */
const waitForFirstValues = 180

/** Ids of persons whose devices are not offered yet, because their newest values are still on their way. */
export const unready = Effect.gen(function* () {
  const { persons } = yield* household
  const now = yield* epochSeconds
  const waiting = persons.filter(
    ({ standing }) => standing.state === "signed-in" && now - standing.since < waitForFirstValues,
  )
  const incomplete = yield* Effect.filter(
    waiting,
    ({ id }) => askCore(Refresh, (sync) => sync.firstValuesKnown(id)),
    { negate: true },
  )
  return new Set<string>(incomplete.map(({ id }) => id))
})

/** Sends Gladys the list of devices. Gladys forgets it when it restarts. */
export const discover = Effect.gen(function* () {
  const settings = yield* Settings
  const naming = yield* settings.naming
  const { values } = yield* settings.get
  const incomplete = yield* unready
  const offered = shownDescriptors(yield* household, values).filter(
    ({ features, personId }) => features.length > 0 && (personId === null || !incomplete.has(personId)),
  )
  const host = yield* HostApi
  yield* host
    .discover(longestFirst(offered).map((descriptor) => toDiscovered(toGladys(descriptor, naming))))
    .pipe(Effect.catchAll((error) => Effect.logWarning(error.message)))
})
