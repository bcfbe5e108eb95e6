import { assert, describe, it } from "@effect/vitest"
import { PersonId, DescriptorId } from "@withings-bridge/core"
import { Effect, Fiber, SubscriptionRef } from "effect"
import { until } from "./asking.ts"
import { day, gladys, now, running, scaleOf } from "./integrationFor.ts"
import { feature, person, type TestCore } from "./TestCore.ts"

/** What was wrong on a real Gladys 4.86.1, each by the double that behaves as that one did. */
describe.concurrent("the external integration on a real server", () => {
  it.scopedLive("starts no scene by adding a device: old values go with their own time", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core, id, weight } = scaleOf({
        features: [
          feature({ reading: { value: 70, at: now() - 600, stale: false } }),
          feature({
            key: "afib-ecg",
            kind: "afib-ecg",
            nature: "verdict",
            unit: null,
            verdicts: { 0: { en: "Negative", fr: "Négatif" } },
            reading: { value: 0, at: now() - 90 * day, stale: false },
          }),
        ],
      })
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      yield* host.createDevice(id)
      yield* until(() => host.states.get(weight)?.length === 1)
      assert.isTrue(host.states.get(weight)?.[0]?.dated)
      const [, ecg] = host.created.get(id)?.features ?? []
      assert.strictEqual(ecg?.last_value_string, "Negative")
      assert.isBelow(Date.parse(ecg?.last_value_changed ?? ""), Date.now() - 89 * day * 1000)
      // Measured after the device was added, it is news.
      yield* core.measure(DescriptorId(id.split(":")[2] ?? ""), "afib-ecg", 0, now())
      yield* until(() => host.scenes.length === 1)
      assert.deepStrictEqual(host.scenes, [{ externalId: `${id}:afib-ecg`, value: "Negative" }])
    }),
  )

  it.scopedLive("imports all of a device again that was removed and added while it was away", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core, id, weight } = scaleOf({ days: 300 })
      const first = yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      yield* host.createDevice(id)
      yield* until(() => host.states.get(weight)?.length === 300)
      yield* Fiber.interrupt(first)
      yield* host.removeQuietly(id)
      yield* host.addQuietly(id)
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.states.get(weight)?.length === 300)
      assert.strictEqual(new Set(host.states.get(weight)?.map(({ createdAt }) => createdAt)).size, 300)
    }),
  )

  it.scopedLive("imports a device that was added for the first time while it was away", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core, id, weight } = scaleOf({ days: 20 })
      const first = yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      yield* Fiber.interrupt(first)
      yield* host.addQuietly(id)
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.states.get(weight)?.length === 20)
    }),
  )

  it.scopedLive("says beside the badge why a sign-in was refused, which Gladys' page does not", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core } = scaleOf({})
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.status !== null)
      yield* host.configure({ client_id: "client", client_secret: "secret" })
      const redirect_uri = "https://my.gladysassistant.com/redirect/oauth"
      const callback = (state: string) =>
        host.seenByUser(host.command("oauth.callback", { code: "c", state, redirect_uri }))
      assert.include(yield* callback("made-up"), "refused the connection")
      yield* until(() => host.status?.message.en.includes("was not started here") ?? false)
      assert.include(host.status?.message.fr, "Cliquez de nouveau sur Connecter")
      assert.include(yield* callback("random"), "successfully")
      yield* until(() => host.status?.message.en.includes("was not started here") === false)
    }),
  )

  it.scopedLive("says beside the badge that Withings did not answer a sign-in in time", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core } = scaleOf({})
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.status !== null)
      yield* host.configure({ client_id: "client", client_secret: "secret" })
      const redirect_uri = "https://my.gladysassistant.com/redirect/oauth"
      const callback = host.command("oauth.callback", { code: "c", state: "slow", redirect_uri }, 30_000)
      assert.strictEqual((yield* callback)["success"], false)
      yield* until(() => host.status?.message.en.includes("took too long to answer the sign-in") ?? false)
      assert.include(host.status?.message.fr, "a mis trop de temps")
    }),
  )

  it.scopedLive("offers the devices anew when the language or the choice of values changes", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core } = scaleOf({
        features: [
          feature({}),
          { ...feature({ key: "bone-mass", kind: "bone-mass" }), essential: undefined },
        ].map(({ essential, ...rest }) => (essential === undefined ? rest : { ...rest, essential })),
      })
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered[0]?.features.length === 1)
      assert.strictEqual(host.discovered[0]?.features[0]?.name, "Weight (kg)")
      yield* host.configure({ language: "fr" })
      yield* until(() => host.discovered[0]?.features[0]?.name === "Poids (kg)")
      yield* host.configure({ values: "all" })
      yield* until(() => host.discovered[0]?.features.length === 2)
    }),
  )

  it.scopedLive("ends when Gladys refuses its token with a 401", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core, id } = scaleOf({})
      const app = yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      yield* host.createDevice(id)
      yield* until(() => host.stored > 0)
      // The websocket stays as it is: only requests are refused.
      host.token = "another"
      yield* core.measure(DescriptorId(id.split(":")[2] ?? ""), "weight", 71, now())
      const ended = yield* Fiber.await(app)
      assert.include(String(ended), "TokenRefused")
    }),
  )

  it.scopedLive("goes on when the supervisor starts it again with the new token", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core, id, weight } = scaleOf({})
      yield* Effect.forkScoped(host.supervise(() => running(host, core)))
      yield* until(() => host.discovered.length === 1)
      yield* host.createDevice(id)
      yield* until(() => host.states.get(weight)?.length === 1)
      host.token = "another"
      yield* core.measure(DescriptorId(id.split(":")[2] ?? ""), "weight", 71, now())
      yield* until(() => host.states.get(weight)?.at(-1)?.value === 71)
      assert.deepStrictEqual([host.starts, host.gaveUp, host.states.get(weight)?.length], [2, false, 2])
    }),
  )

  it.scopedLive("goes on telling after the store failed", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core, id, weight } = scaleOf({})
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      yield* host.createDevice(id)
      yield* until(() => host.states.get(weight)?.length === 1)
      core.failing = 2
      yield* core.measure(DescriptorId(id.split(":")[2] ?? ""), "weight", 71, now())
      yield* until(() => host.states.get(weight)?.at(-1)?.value === 71)
      assert.strictEqual(core.failing, 0)
    }),
  )

  it.scopedLive("signs a person out by an action, and says who there is", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core } = scaleOf({})
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      assert.include(JSON.stringify(yield* host.action("sign_out", { person: "Bob" })), "Ann")
      assert.deepStrictEqual(core.signedOut, [])
      assert.include(JSON.stringify(yield* host.action("sign_out", { person: " ann " })), "is signed out")
      assert.deepStrictEqual(core.signedOut, [person.id])
    }),
  )

  it.scopedLive("offers the devices of a person when they are complete", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core } = scaleOf({})
      yield* signedInNow(core)
      core.firstValuesKnown = false
      yield* Effect.forkScoped(running(host, core))
      yield* host.configure({ client_id: "client", client_secret: "secret" })
      yield* until(() => host.status?.message.en.includes("Reading the newest values of Ann") ?? false)
      assert.lengthOf(host.discovered, 0)
      core.firstValuesKnown = true
      yield* until(() => host.discovered.length === 1)
    }),
  )

  it.scopedLive("tells a Gladys 5.1 what happens, runs its scene action and fills its widgets", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      host.newer = true
      const { core, id } = scaleOf({})
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      yield* host.configure({ client_id: "client" })
      yield* until(() => host.status?.connected === true)
      const descriptorId = DescriptorId(id.split(":")[2] ?? "")
      const weighed = { descriptorId, personId: PersonId("ann"), at: now(), value: 71.5 }
      yield* core.happen({ ...weighed, kind: "weighed", id: "1" })
      yield* until(() => host.events.length === 1)
      assert.deepStrictEqual(host.events, [{ key: "weighed", data: { person: "Ann", value: 71.5 } }])
      // Records are no moments: what reached Withings late is no news.
      yield* core.measure(descriptorId, "weight", 70.5, now() - day)
      const done = yield* host.command("scene-action.run", { key: "sync_now", fields: {} })
      assert.deepStrictEqual(done["data"], { outputs: {} })
      const widget = yield* host.command("widget.get", { key: "weight_trend", settings: { person: "ann" } })
      assert.include(JSON.stringify(widget["data"]), `"unit":"kg"`)
      const unknown = yield* host.command("widget.get", { key: "air" })
      assert.strictEqual(unknown["success"], false)
      assert.lengthOf(host.events, 1)
    }),
  )

  it.scopedLive("imports nothing of a feature whose history the user turned off", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core, id, weight } = scaleOf({ days: 50 })
      const first = yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      yield* Fiber.interrupt(first)
      const made = yield* host.addQuietly(id)
      for (const each of made.features) each.keep_history = false
      yield* Effect.forkScoped(running(host, core))
      const before = host.connections
      yield* until(() => host.connections > before)
      const said = yield* Effect.retry(host.action("import_history", { days: 3000 }), { times: 5 })
      assert.include(JSON.stringify(said["data"]), "nothing to import")
      assert.isUndefined(host.states.get(weight)?.[0])
    }),
  )
})

const signedInNow = (core: TestCore) =>
  SubscriptionRef.update(core.household, (household) => ({
    ...household,
    persons: household.persons.map((each) => ({ ...each, standing: { ...each.standing, since: now() } })),
  }))
