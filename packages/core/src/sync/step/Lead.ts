import { Effect } from "effect"
import type { BridgeConfig } from "../../BridgeConfig.ts"
import type { HouseholdStore } from "../../store/HouseholdStore.ts"
import { Lease, type LeaseGrant } from "../../store/Lease.ts"
import type { MeasureStore } from "../../store/MeasureStore.ts"
import type { StoreError } from "../../store/StoreError.ts"
import type { Subscriptions } from "../../store/Subscriptions.ts"
import { SyncCursor } from "../../store/SyncCursor.ts"
import type { AnyFeed, WithingsApi } from "../../withings/client/WithingsApi.ts"
import type { WithingsError } from "../../withings/client/WithingsError.ts"
import type { DeviceList } from "../DeviceList.ts"
import { LeaseLost } from "../LeaseLost.ts"
import type { SkippedLog } from "./skippedLog.ts"

/** What a step of the sync works with. */
export type StepNeeds =
  | BridgeConfig
  | DeviceList
  | WithingsApi
  | MeasureStore
  | HouseholdStore
  | SyncCursor
  | Lease
  | Subscriptions
  | SkippedLog

export type StepError = WithingsError | StoreError | LeaseLost

/** Whose data is read, and by which right. */
export interface Lead {
  readonly personId: string
  readonly grant: LeaseGrant
}

/** Asked inside each writing transaction: who lost the lease while it waited must not write any more. */
export const stillLeads = ({ grant }: Lead) =>
  Effect.flatMap(Lease, (lease) =>
    Effect.filterOrFail(
      lease.holds(grant),
      (holds) => holds,
      () => new LeaseLost({ name: grant.name }),
    ),
  ).pipe(Effect.asVoid)

export const cursorOf = (personId: string, feed: AnyFeed) =>
  Effect.flatMap(SyncCursor, (cursors) =>
    Effect.map(cursors.of(personId), (all) => all.find((cursor) => cursor.feed === feed)),
  )
