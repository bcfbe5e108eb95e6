import { Context, Effect, FiberSet, Layer, Ref, Schedule } from "effect"
import type { DeviceId } from "../measure/Device.ts"
import type { PersonId } from "../measure/Person.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import type { StoreError } from "../store/StoreError.ts"
import { WithingsApi } from "../withings/client/WithingsApi.ts"
import type { WithingsError } from "../withings/client/WithingsError.ts"

/** Keeps the devices of each person as Withings lists them. */
export class DeviceList extends Context.Tag("@withings-bridge/core/sync/DeviceList")<
  DeviceList,
  {
    /** Reads the list now. */
    readonly read: (personId: PersonId) => Effect.Effect<void, WithingsError | StoreError>
    /** Reads the list if one of these devices is unknown, so that a new one is shown with its first measure. "" is none. */
    readonly meet: (
      personId: PersonId,
      deviceIds: ReadonlySet<DeviceId>,
    ) => Effect.Effect<void, WithingsError | StoreError>
    /** Runs `then` in the background, once the list was read if the device is unknown. */
    readonly onceMet: (
      personId: PersonId,
      deviceId: DeviceId,
      then: Effect.Effect<void>,
    ) => Effect.Effect<void>
  }
>() {
  static readonly layer = Layer.suspend(() => Layer.scoped(DeviceList, make))
}

/** Long, since nothing repeats what a webhook says. */
const patience = Schedule.intersect(Schedule.exponential("2 seconds"), Schedule.recurs(5))

const make = Effect.gen(function* () {
  const api = yield* WithingsApi
  const household = yield* HouseholdStore
  const fibers = yield* FiberSet.make()
  /** Ids that measures name but Withings does not list, such as devices given away: looked for once. */
  const unlisted = yield* Ref.make<ReadonlySet<string>>(new Set())

  const read = (personId: PersonId) =>
    Effect.flatMap(api.devices(personId), (devices) => household.keepDevices(personId, devices))

  const meet = Effect.fn("DeviceList.meet")(function* (personId: PersonId, deviceIds: ReadonlySet<DeviceId>) {
    if (deviceIds.size === 0) return
    const known = new Set((yield* household.devices).map(({ id }) => id))
    const skip = yield* Ref.get(unlisted)
    const strange = [...deviceIds].filter((id) => id !== "" && !known.has(id) && !skip.has(id))
    if (strange.length === 0) return
    yield* read(personId)
    yield* Ref.update(unlisted, (ids) => new Set([...ids, ...strange]))
  })

  const onceMet = (personId: PersonId, deviceId: DeviceId, then: Effect.Effect<void>) =>
    meet(personId, new Set([deviceId])).pipe(
      Effect.retry(patience),
      Effect.catchAll((error) => Effect.logWarning(error.message)),
      Effect.zipRight(then),
      FiberSet.run(fibers),
      Effect.asVoid,
    )

  return DeviceList.of({ read, meet, onceMet })
})
