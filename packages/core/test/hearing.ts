import { type Effect, Layer } from "effect"
import { type Device, DeviceId } from "../src/measure/Device.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { ChangeFeed } from "../src/store/ChangeFeed.ts"
import * as Database from "../src/store/Database.ts"
import { HouseholdStore } from "../src/store/HouseholdStore.ts"
import { Subscriptions } from "../src/store/Subscriptions.ts"
import { SyncCursor } from "../src/store/SyncCursor.ts"
import { DeviceList } from "../src/sync/DeviceList.ts"
import { PersonStore } from "../src/withings/account/PersonStore.ts"
import type { WithingsFailed } from "../src/withings/client/WithingsError.ts"
import { WithingsApi } from "../src/withings/client/WithingsApi.ts"

/** The services that act on a webhook. `listed`: the person's devices at Withings. */
export const layerWith = (
  listed: (personId: PersonId) => Effect.Effect<ReadonlyArray<Device>, WithingsFailed>,
) =>
  DeviceList.layer.pipe(
    Layer.provide(Layer.mock(WithingsApi, { devices: listed })),
    Layer.provideMerge(
      Layer.mergeAll(HouseholdStore.layer, PersonStore.layer, Subscriptions.layer, SyncCursor.layer),
    ),
    Layer.provideMerge(ChangeFeed.layerMemory),
    Layer.provideMerge(Database.layerMemory),
  )

export const matOf = (personId: PersonId): Device => ({
  personId,
  id: DeviceId("mat"),
  type: "Sleep Monitor",
  model: "Aura Sensor V2",
  modelId: 63,
  battery: null,
  timezone: null,
  firstSession: null,
  lastSession: null,
  linked: true,
})
