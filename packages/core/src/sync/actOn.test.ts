import { assert, it } from "@effect/vitest"
import { Effect, Schedule } from "effect"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { SyncCursor } from "../store/SyncCursor.ts"
import { layerWith, matOf } from "../../test/hearing.ts"
import { signedIn } from "../../test/signedIn.ts"
import { DeviceId } from "../measure/Device.ts"
import type { PersonId } from "../measure/Person.ts"
import { PersonStore } from "../withings/account/PersonStore.ts"
import { WithingsFailed } from "../withings/client/WithingsError.ts"
import { actOn } from "./actOn.ts"

const layer = layerWith(() => Effect.succeed([]))

it.effect("believes nobody about a bed that the person does not own", () =>
  Effect.gen(function* () {
    const household = yield* HouseholdStore
    const persons = yield* PersonStore
    const ann = yield* persons.keep(signedIn("7", "Ann"))
    yield* persons.keep(signedIn("8", "Ben"))
    yield* household.keepDevices(ann.id, [matOf(ann.id)])
    const bed = { _tag: "Bed", inBed: true, at: 100 } as const
    yield* actOn({ ...bed, withingsUserId: "8", deviceId: DeviceId("mat") })
    yield* actOn({ ...bed, withingsUserId: "7", deviceId: DeviceId("another") })
    assert.deepStrictEqual(yield* household.presences, [])
    yield* actOn({ ...bed, withingsUserId: "7", deviceId: DeviceId("mat") })
    assert.strictEqual((yield* household.presences).length, 1)
  }).pipe(Effect.provide(layer)),
)

it.effect("hears of someone only as long as they are signed in", () =>
  Effect.gen(function* () {
    const household = yield* HouseholdStore
    const cursors = yield* SyncCursor
    const persons = yield* PersonStore
    const { id } = yield* persons.keep(signedIn("7", "Ann"))
    yield* household.keepDevices(id, [matOf(id)])
    const bed = (inBed: boolean, at: number) =>
      actOn({ _tag: "Bed", withingsUserId: "7", deviceId: DeviceId("mat"), inBed, at })
    const weighed = actOn({ _tag: "Changed", withingsUserId: "7", feeds: ["getmeas"], window: null })
    const requests = Effect.map(cursors.waiting, (waiting) => waiting.length)

    yield* bed(true, 100)
    assert.deepInclude((yield* household.presences)[0], { personId: id, inBed: true, at: 100 })
    yield* persons.signedOut(id)
    yield* bed(false, 200)
    yield* weighed
    assert.deepInclude((yield* household.presences)[0], { inBed: true, at: 100 })
    assert.strictEqual(yield* requests, 0)

    yield* persons.keep(signedIn("7", "Ann"))
    yield* bed(false, 300)
    yield* weighed
    assert.deepInclude((yield* household.presences)[0], { inBed: false, at: 300 })
    assert.strictEqual(yield* requests, 1)
  }).pipe(Effect.provide(layer)),
)

it.live(
  "asks for the devices when an unknown mat tells of a bed, again if that fails, and loses no event",
  () => {
    let asked = 0
    const listed = (personId: PersonId) =>
      Effect.suspend(() =>
        asked++ === 0
          ? new WithingsFailed({ action: "getdevice", status: 2554, detail: null })
          : Effect.succeed([matOf(personId)]),
      )
    return Effect.gen(function* () {
      const household = yield* HouseholdStore
      const persons = yield* PersonStore
      yield* persons.keep(signedIn("7", "Ann"))
      const bed = { _tag: "Bed", withingsUserId: "7", deviceId: DeviceId("mat") } as const
      yield* actOn({ ...bed, inBed: true, at: 100 })
      yield* actOn({ ...bed, inBed: false, at: 200 })
      const now = yield* Effect.filterOrFail(
        household.presences,
        ([presence]) => presence?.at === 200,
        () => "not yet",
      ).pipe(Effect.retry(Schedule.spaced("20 millis")), Effect.timeout("60 seconds"))
      assert.deepInclude(now[0], { inBed: false, deviceId: DeviceId("mat") })
      yield* actOn({ ...bed, deviceId: DeviceId("given away"), inBed: true, at: 300 })
      yield* actOn({ ...bed, deviceId: DeviceId("given away"), inBed: true, at: 400 })
      yield* actOn({ ...bed, inBed: true, at: 500 })
      yield* Effect.filterOrFail(
        Effect.sync(() => asked),
        (times) => times >= 3,
        () => "not yet",
      ).pipe(Effect.retry(Schedule.spaced("20 millis")), Effect.timeout("60 seconds"))
      assert.strictEqual((yield* household.presences).length, 1)
    }).pipe(Effect.provide(layerWith(listed)))
  },
)
