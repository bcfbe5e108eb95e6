import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Logger } from "effect"
import { type Device, DeviceId } from "../measure/Device.ts"
import { signedIn } from "../../test/signedIn.ts"
import { PersonId } from "../measure/Person.ts"
import { PersonStore } from "../withings/account/PersonStore.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import * as Database from "./Database.ts"
import { HouseholdStore } from "./HouseholdStore.ts"

const layer = Layer.mergeAll(HouseholdStore.layer, PersonStore.layer).pipe(
  Layer.provideMerge(ChangeFeed.layerMemory),
  Layer.provideMerge(Database.layerMemory),
)

/** What is logged meanwhile. */
const lines = (into: Array<string>) =>
  Logger.replace(
    Logger.defaultLogger,
    Logger.make(({ message }) => void into.push(String(message))),
  )

const device = (id: string, timezone: string | null, lastSession: number | null): Device => ({
  personId: PersonId("p"),
  id: DeviceId(id),
  type: "Scale",
  model: "Body+",
  modelId: 5,
  battery: null,
  timezone,
  firstSession: 1,
  lastSession,
  linked: true,
})

it.effect("logs a change of standing once, by name", () => {
  const said: Array<string> = []
  return Effect.gen(function* () {
    const store = yield* HouseholdStore
    const persons = yield* PersonStore
    const { id } = yield* persons.keep(signedIn("7", "Ann"))
    const offline = { state: "offline", reason: "no network.", nextTry: 60 } as const
    const well = { state: "signed-in", reason: null, nextTry: null } as const
    for (const contact of [well, offline, offline, well, well]) yield* store.contacted(id, contact)
    const sql = yield* SqlClient.SqlClient
    yield* sql`INSERT INTO token (person_id, sealed, expires_at, rotated_at, fencing) VALUES (${id}, 'old', 0, 0, 0)`
    const loss = { reason: "it was refused.", nextTry: null, refused: "old" }
    assert.isFalse(yield* persons.needsSignIn(id, { ...loss, refused: "replaced meanwhile" }))
    assert.isTrue(yield* persons.needsSignIn(id, loss))
    assert.isTrue(yield* persons.needsSignIn(id, loss))
    yield* store.contacted(id, offline)
    yield* persons.signedOut(id)
    yield* store.contacted(id, well)
    yield* store.contacted(id, { ...offline, state: "needs-sign-in" })
    assert.deepStrictEqual(said, [
      "Ann cannot be read from Withings for now: no network.",
      "Ann is signed in at Withings.",
      "Ann needs to sign in at Withings: it was refused.",
      "Ann is not signed in: Signed out here. Sign in again to go on.",
    ])
    assert.strictEqual((yield* store.persons)[0]?.standing.state, "never-signed-in")
  }).pipe(Effect.provide(layer), Effect.provide(lines(said)))
})

it.effect("a person lives where the device that called in last is", () =>
  Effect.gen(function* () {
    const store = yield* HouseholdStore
    const persons = yield* PersonStore
    const { id } = yield* persons.keep(signedIn("7", "Ann"))
    const timezone = Effect.map(store.persons, ([person]) => person?.timezone)
    const keep = (...devices: ReadonlyArray<Device>) =>
      store.keepDevices(
        id,
        devices.map((one) => ({ ...one, personId: id })),
      )
    assert.isNull(yield* timezone)
    yield* keep(device("a", "Europe/Paris", 10), device("b", "America/New_York", 5), device("c", null, 20))
    assert.strictEqual(yield* timezone, "Europe/Paris")
    yield* keep(device("b", "America/New_York", 30), device("a", "Europe/Paris", 10))
    assert.strictEqual(yield* timezone, "America/New_York")
    yield* keep(device("c", null, 40))
    assert.strictEqual(yield* timezone, "America/New_York")
    assert.strictEqual((yield* persons.all)[0]?.person.timezone, "America/New_York")
  }).pipe(Effect.provide(layer)),
)

it.effect(
  "never gives the place of a device to one that came later, whatever Withings says of its first day",
  () =>
    Effect.gen(function* () {
      const household = yield* HouseholdStore
      const { id } = yield* (yield* PersonStore).keep(signedIn("7", "Ann"))
      const scale = (name: string, firstSession: number | null): Device => ({
        ...device(name, null, null),
        personId: id,
        firstSession,
      })
      yield* household.keepDevices(id, [scale("old", null)])
      yield* household.keepDevices(id, [scale("new", 5), scale("old", null)])
      yield* household.keepDevices(id, [scale("new", 5), scale("newest", 1), scale("old", 900)])
      const places = (yield* household.devices).toSorted(
        (one, other) => (one.place ?? 0) - (other.place ?? 0),
      )
      assert.deepStrictEqual(
        places.map((one) => one.id),
        ["old", "new", "newest"],
      )
    }).pipe(Effect.provide(layer)),
)
