import { Context, Effect, Layer } from "effect"
import type { BridgeConfig } from "../BridgeConfig.ts"
import type { PersonId } from "../measure/Person.ts"
import type { HouseholdStore } from "../store/HouseholdStore.ts"
import type { Lease, LeaseGrant } from "../store/Lease.ts"
import type { MeasureStore } from "../store/MeasureStore.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { Subscriptions } from "../store/Subscriptions.ts"
import { SyncCursor } from "../store/SyncCursor.ts"
import { WithingsApi } from "../withings/client/WithingsApi.ts"
import type { WithingsError } from "../withings/client/WithingsError.ts"
import { DeviceList } from "./DeviceList.ts"
import type { LeaseLost } from "./LeaseLost.ts"
import { answerRequest } from "./step/answerRequest.ts"
import { keepGoals } from "./step/keepGoals.ts"
import { readDelta } from "./step/readDelta.ts"
import { readHistory } from "./step/readHistory.ts"
import { readRecent } from "./step/readRecent.ts"
import { reread } from "./step/reread.ts"
import { SkippedLog, skippedLog } from "./step/skippedLog.ts"
import { type Lead, stillLeads } from "./step/Lead.ts"
import type { Step } from "./SyncPlan.ts"
import { asUrgentAs, patiently, soon } from "./urgency.ts"

/** What steps work with, besides the log of skipped records. */
type Needs =
  | BridgeConfig
  | DeviceList
  | WithingsApi
  | MeasureStore
  | HouseholdStore
  | SyncCursor
  | Lease
  | Subscriptions

type StepError = WithingsError | StoreError | LeaseLost

type Doing = Exclude<Step, { readonly _tag: "Wait" }>

/** Takes one step of the plan: reads from Withings and keeps what came. */
export class SyncRound extends Context.Tag("@withings-bridge/core/sync/SyncRound")<
  SyncRound,
  {
    readonly take: (personId: PersonId, grant: LeaseGrant, step: Doing) => Effect.Effect<void, StepError>
  }
>() {
  static readonly layer: Layer.Layer<SyncRound, never, Needs> = Layer.effect(
    SyncRound,
    Effect.map(Effect.context<Needs>(), (context) => {
      const needs = Context.add(context, SkippedLog, skippedLog())
      return SyncRound.of({
        take: (personId, grant, step) => Effect.provide(take({ personId, grant }, step), needs),
      })
    }),
  )
}

const take = (lead: Lead, step: Doing): Effect.Effect<unknown, StepError, Needs | SkippedLog> => {
  switch (step._tag) {
    case "Devices":
      return Effect.flatMap(DeviceList, ({ read }) => read(lead.personId))
    case "Goals":
      return readGoals(lead)
    case "History":
      return readHistory(lead, step).pipe(step.today ? soon : patiently)
    case "Delta":
      return readDelta(lead, step)
    case "Reread":
      return reread(lead, { ...step, expected: false }).pipe(patiently)
    case "Recent":
      return readRecent(lead, step).pipe(step.request === null ? patiently : asUrgentAs(step.feed))
    case "Decline":
      return Effect.flatMap(SyncCursor, ({ answered }) => answered(lead.personId, step.request))
    case "Answer":
      return answerRequest(lead, step).pipe(asUrgentAs(step.request.feed))
  }
}

const readGoals = (lead: Lead) =>
  Effect.gen(function* () {
    const goals = yield* (yield* WithingsApi).goals(lead.personId)
    yield* keepGoals(lead.personId, goals, stillLeads(lead))
  })
