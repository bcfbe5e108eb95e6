import { Rpc, RpcGroup, RpcMiddleware } from "@effect/rpc"
import { Context, Schema } from "effect"
import type { TimedChange } from "../HouseholdFeed.ts"
import type { Measure } from "../measure/Measure.ts"
import { type Person, PersonId } from "../measure/Person.ts"
import type { RemovedPerson } from "../PersonRemoval.ts"
import { DescriptorId } from "../device/DeviceDescriptor.ts"
import { Revision } from "../device/Household.ts"
import { DeviceId } from "../measure/Device.ts"
import type { Aggregate } from "../store/aggregate.ts"
import type { Count } from "../store/History.ts"
import type { Point } from "../store/reducePoints.ts"
import type { Weighing } from "../store/Weighings.ts"
import type { Leaders, SyncProgress } from "../sync/SyncStatus.ts"
import type { Trouble } from "../trouble/Trouble.ts"
import { allFeeds, type AnyFeed, type EcgSignal, feeds } from "../withings/client/Feed.ts"
import { signInReasons } from "../withings/account/SignInError.ts"

/** The hub refused a request. `reason` is a code of docs/troubleshooting.md where there is one; translations need `detail`. */
export class HubRefusal extends Schema.TaggedError<HubRefusal>()("HubRefusal", {
  reason: Schema.Literal("key-refused", "gone", "not-yours", "failed", ...signInReasons),
  message: Schema.String,
  detail: Schema.optionalWith(Schema.String, { exact: true }),
}) {}

/** The household whose key the request carries. */
export class CallingHousehold extends Context.Tag("@withings-bridge/core/hub/CallingHousehold")<
  CallingHousehold,
  string
>() {}

/** Finds the household by the `authorization` header. */
export class HouseholdKey extends RpcMiddleware.Tag<HouseholdKey>()("HouseholdKey", {
  provides: CallingHousehold,
  failure: HubRefusal,
}) {}

/** Plain data of core in JSON. Only its outline is checked: both ends are this project. */
const data = <A>() =>
  Schema.declare((value: unknown): value is A => typeof value === "object" && value !== null)
const list = <A>() => Schema.declare((value: unknown): value is ReadonlyArray<A> => Array.isArray(value))

const anyFeed = Schema.Literal(...allFeeds)
const readFeed = Schema.Literal(...feeds)
const window = Schema.Struct({ from: Schema.Number, to: Schema.Number })
const personId = Schema.String.pipe(Schema.fromBrand(PersonId))
const descriptorId = Schema.String.pipe(Schema.fromBrand(DescriptorId))
const stretch = Schema.Struct({
  personId,
  feature: Schema.String,
  from: Schema.Number,
  to: Schema.Number,
  deviceId: Schema.optionalWith(Schema.String.pipe(Schema.fromBrand(DeviceId)), { exact: true }),
})
const error = HubRefusal

/** The services of core that a home uses at its hub. `Changes` sends null as a sign of life. */
export class HubRpcs extends RpcGroup.make(
  Rpc.make("Changes", {
    payload: { after: Schema.NullOr(Schema.Number.pipe(Schema.fromBrand(Revision))) },
    success: Schema.NullOr(data<TimedChange>()),
    error,
    stream: true,
  }),
  Rpc.make("HistoryLatest", { payload: { personId }, success: list<Measure>(), error }),
  Rpc.make("HistoryRange", { payload: { stretch }, success: list<Point>(), error }),
  Rpc.make("HistoryNewest", { payload: { stretch, take: Schema.Number }, success: list<Point>(), error }),
  Rpc.make("HistoryCount", { payload: { stretch }, success: Schema.Number, error }),
  Rpc.make("HistoryReduced", { payload: { stretch, points: Schema.Number }, success: list<Point>(), error }),
  Rpc.make("HistoryBy", {
    payload: { period: Schema.Literal("day", "week", "month"), stretch },
    success: list<Aggregate>(),
    error,
  }),
  Rpc.make("HistoryAll", {
    payload: { personId: Schema.NullOr(personId) },
    success: data<Measure>(),
    error,
    stream: true,
  }),
  Rpc.make("HistoryCounts", { success: list<Count>(), error }),
  Rpc.make("EcgCurve", {
    payload: { personId, at: Schema.Number },
    success: Schema.NullOr(data<EcgSignal>()),
    error,
  }),
  Rpc.make("SignInStart", {
    payload: { personName: Schema.NullOr(Schema.String) },
    success: Schema.Struct({ authorizeUrl: Schema.String, state: Schema.String }),
    error,
  }),
  Rpc.make("SignInFinish", { payload: { landedOn: Schema.String }, success: data<Person>(), error }),
  Rpc.make("SignOut", { payload: { personId }, error }),
  Rpc.make("SyncProgress", { success: list<SyncProgress>(), error }),
  Rpc.make("SyncRequest", { payload: { personId, feed: anyFeed }, error }),
  Rpc.make("SyncReread", { payload: { personId, feed: readFeed, window }, error }),
  Rpc.make("SyncWaiting", {
    success: list<{ readonly personId: PersonId; readonly feed: AnyFeed }>(),
    error,
  }),
  Rpc.make("SyncLeaders", { success: data<Leaders>(), error }),
  Rpc.make("LeftOutIds", { success: Schema.Array(descriptorId), error }),
  Rpc.make("LeaveOut", { payload: { descriptorId }, error }),
  Rpc.make("LeaveOutNoMore", { payload: { descriptorId }, error }),
  Rpc.make("Weighings", { success: list<Weighing>(), error }),
  Rpc.make("AssignWeighing", {
    payload: { id: Schema.String, personId: Schema.NullOr(personId) },
    error,
  }),
  Rpc.make("RemovePerson", {
    payload: { personId, history: Schema.Literal("keep", "delete") },
    success: Schema.Number,
    error,
  }),
  Rpc.make("DeleteHistory", {
    payload: { personId, readAgain: Schema.Boolean },
    success: Schema.Number,
    error,
  }),
  Rpc.make("RemovedPersons", { success: list<RemovedPerson>(), error }),
  Rpc.make("Troubles", { success: list<Trouble>(), error }),
).middleware(HouseholdKey) {}
