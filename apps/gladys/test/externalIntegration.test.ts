import { assert, describe, it } from "@effect/vitest"
import { DescriptorId } from "@withings-bridge/core"
import { Effect, Exit, Fiber, Ref } from "effect"
import { until } from "./asking.ts"
import { day, gladys, now, running, scaleOf, selector } from "./integrationFor.ts"

describe.concurrent("the external integration", () => {
  it.scopedLive("tells what to do until someone is signed in, and which devices there are", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core, id } = scaleOf({ days: 1 })
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.status !== null && host.discovered.length === 1)
      assert.include(host.status?.message.en, "client ID")
      assert.strictEqual(host.discovered[0]?.external_id, id)
      yield* host.configure({
        client_id: "client",
        client_secret: "secret",
        language: "fr",
        persons: "Ann, Bob",
      })
      yield* until(() => host.status?.connected === true)
      assert.include(host.status?.message.fr, "Ann")
      assert.deepStrictEqual(core.builtWith.at(-1)?.profiles, ["Ann", "Bob"])
      yield* host.tell("scan-request", {})
      yield* until(() => host.discovered[0]?.features[0]?.external_id === `${id}:weight`)
      assert.deepStrictEqual(host.refusals, [])
    }),
  )

  it.scopedLive("relays a sign-in within the time of an acknowledgement", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core } = scaleOf({ days: 1 })
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.status !== null)
      yield* host.configure({ client_id: "client", client_secret: "secret" })
      const redirect_uri = "https://my.gladysassistant.com/redirect/oauth"
      const asked = yield* host.command("oauth.get-authorize-url", { key: "connect", redirect_uri })
      assert.include(JSON.stringify(asked["data"]), "state=random")
      const wrong = yield* host.command("oauth.callback", { code: "c", state: "made-up", redirect_uri })
      assert.strictEqual(wrong["success"], false)
      const right = yield* host.command("oauth.callback", { code: "c", state: "random", redirect_uri })
      assert.strictEqual(right["success"], true)
      const unknown = yield* host.command("camera.get-image", {})
      assert.strictEqual(unknown["success"], false)
    }),
  )

  it.scopedLive("tells a fresh measure as now, an old one with its date, and neither twice", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core, scale, id, weight } = scaleOf({ days: 1 })
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      yield* host.configure({ history_days: 0 })
      yield* host.createDevice(id)
      yield* until(() => host.stored === 1)
      assert.isTrue(host.states.get(weight)?.[0]?.dated)
      yield* core.measure(scale.id, "weight", 71, now() - 5)
      yield* until(() => host.stored === 2)
      assert.isFalse(host.states.get(weight)?.[1]?.dated)
      yield* core.measure(scale.id, "weight", 72, now() + day)
      yield* until(() => host.stored === 3)
      assert.isAtMost(host.states.get(weight)?.[2]?.createdAt ?? Infinity, Date.now())
      // What is measured after one with a wrong clock is told all the same.
      yield* core.measure(scale.id, "weight", 73, now())
      yield* until(() => host.stored === 4)
      assert.isFalse(host.states.get(weight)?.[3]?.dated)
    }),
  )

  it.scopedLive(
    "imports 15,000 values newest first, within the limits, over a restart of both sides",
    () =>
      Effect.gen(function* () {
        const host = yield* gladys
        const { core, id, weight } = scaleOf({ days: 15_000 })
        const first = yield* Effect.forkScoped(running(host, core))
        yield* until(() => host.discovered.length === 1)
        yield* host.configure({ client_id: "client", client_secret: "secret", history_days: 36_500 })
        yield* host.createDevice(id)
        yield* until(() => host.stored > 1000)
        const times = host.states.get(weight)?.map((state) => state.createdAt) ?? []
        assert.deepStrictEqual(
          times,
          times.toSorted((one, other) => other - one),
        )
        host.loseAnswers = 1
        yield* until(() => host.stored > 3000)
        yield* Fiber.interrupt(first)
        const second = yield* Effect.forkScoped(running(host, core))
        yield* until(() => host.stored > 5000)
        yield* host.stop
        yield* host.start
        yield* until(() => host.stored > 7000)
        yield* host.renewToken("token-2")
        const ended = yield* Fiber.await(second)
        assert.include(String(ended), "TokenRefused")
        yield* Effect.forkScoped(running(host, core))
        yield* until(() => host.status?.message.en.includes("Importing history") ?? false)
        yield* until(() => host.stored >= 15_000)
        yield* until(() => host.status?.message.en.includes("Importing") === false)
        assert.strictEqual(host.stored, 15_000)
        assert.strictEqual(new Set(host.states.get(weight)?.map((state) => state.createdAt)).size, 15_000)
        const again = yield* host.action("import_history", { days: 36_500 })
        assert.include(JSON.stringify(again["data"]), "nothing to import")
      }),
    300_000,
  )

  it.scopedLive("tells live values while it imports, and forgets a removed device", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core, scale, id, weight } = scaleOf({ days: 5000 })
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      yield* host.configure({ history_days: 36_500 })
      yield* host.createDevice(id)
      yield* until(() => host.stored > 500)
      yield* core.measure(scale.id, "weight", 99, now())
      yield* until(
        () => host.states.get(weight)?.some((state) => state.value === 99 && !state.dated) ?? false,
      )
      assert.isBelow(host.stored, 5000)
      yield* host.deleteDevice(id)
      yield* host.createDevice(id)
      yield* until(() => host.stored === 5001)
    }),
  )

  it.scopedLive("waits for the first history to be whole before it imports", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core, id } = scaleOf({ days: 300 })
      core.historyComplete = false
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      yield* host.configure({ history_days: 36_500 })
      yield* host.createDevice(id)
      yield* until(() => host.stored === 1)
      yield* until(() => core.askedIfComplete > 0)
      const said = yield* host.action("diagnose")
      assert.include(JSON.stringify(said["data"]), "299, ")
      core.historyComplete = true
      yield* until(() => host.stored === 300)
    }),
  )

  it.scopedLive("waits as long as a 429 says, and imports the same values then", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core, id } = scaleOf({ days: 200 })
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      host.refuseStates.push({ status: 429, body: { properties: { time_before_next: 0.2 } } })
      const asked = performance.now()
      yield* host.configure({ history_days: 36_500 })
      yield* host.createDevice(id)
      yield* until(() => host.stored === 200)
      assert.deepStrictEqual(host.refusals, [429])
      // The time it names, and a second more.
      assert.isAtLeast(performance.now() - asked, 1200)
    }),
  )

  it.scopedLive("gives up what Gladys never takes, and tells what comes after it", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core, id, scale, weight } = scaleOf({ days: 1 })
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      yield* host.configure({ history_days: 0 })
      host.refuseStates.push(
        { status: 413, body: { status: 413, message: "request entity too large" } },
        { status: 422, body: { properties: { "states[0]": "state is not a number" } } },
      )
      yield* host.createDevice(id)
      yield* until(() => host.refusals.length === 1)
      yield* core.measure(scale.id, "weight", 70.5, now() - 9)
      yield* until(() => host.refusals.length === 2)
      yield* core.measure(scale.id, "weight", 71, now() - 5)
      yield* until(() => host.stored === 1)
      assert.strictEqual(host.states.get(weight)?.[0]?.value, 71)
      assert.deepStrictEqual(host.refusals, [413, 422])
    }),
  )

  it.scopedLive("goes on when an acknowledgement is lost and when Gladys is slow", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      host.slowMillis = 150
      const { core, id, weight } = scaleOf({ days: 120 })
      yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      host.loseAcks = 1
      const lost = yield* Effect.exit(host.command("action.run", { key: "sync_now", fields: {} }, 1000))
      assert.isTrue(Exit.isFailure(lost))
      assert.deepStrictEqual(core.refreshed, [null])
      // Sent again by the user, it does no harm.
      const again = yield* host.action("sync_now")
      assert.strictEqual(again["success"], true)
      yield* host.configure({ history_days: 36_500 })
      yield* host.createDevice(id)
      yield* until(() => host.stored === 120)
      assert.strictEqual(new Set(host.states.get(weight)?.map(({ createdAt }) => createdAt)).size, 120)
      assert.deepStrictEqual(host.refusals, [])
    }),
  )

  it.scopedLive("ends when its token is replaced, and tries it no more", () =>
    Effect.gen(function* () {
      const host = yield* gladys
      const { core } = scaleOf({ days: 1 })
      const app = yield* Effect.forkScoped(running(host, core))
      yield* until(() => host.discovered.length === 1)
      yield* host.renewToken("token-2")
      const ended = yield* Fiber.await(app)
      assert.include(String(ended), "TokenRefused")
      assert.strictEqual(host.connections, 1)
    }),
  )

  it.scopedLive(
    "hears webhooks through Gladys Plus as soon as there is a key, and says when Withings refuses them",
    () =>
      Effect.gen(function* () {
        const host = yield* gladys
        const { core, id } = scaleOf({ days: 1 })
        yield* Effect.forkScoped(running(host, core))
        yield* until(() => host.discovered.length === 1)
        yield* host.configure({ client_id: "client", client_secret: "secret" })
        assert.include(JSON.stringify(yield* host.action("diagnose")), "no Gladys Plus key")
        host.plus = true
        yield* host.tell("webhook-updated", {})
        yield* until(() => core.builtWith.at(-1)?.relayedWebhook?.callbackUrl === host.webhookUrl)
        assert.strictEqual(core.builtWith.at(-1)?.relayedWebhook?.ending, `${selector}/withings`)
        assert.strictEqual(core.builtWith.at(-1)?.clientId, "client")
        const form = "userid=1&appli=50&deviceid=mat&date=1790000000"
        const received = { method: "POST", query: {}, content_type: "application/x-www-form-urlencoded" }
        yield* host.tell("webhook.received", { ...received, webhook_key: "another", body: "userid=2" })
        yield* host.tell("webhook.received", { ...received, webhook_key: "withings", body: "x".repeat(5000) })
        yield* host.tell("webhook.received", { ...received, webhook_key: "withings", body: form })
        yield* until(() => core.heard.length > 0)
        assert.deepStrictEqual(core.heard, [form])
        yield* Ref.set(core.relay, "refused")
        yield* host.createDevice(id)
        yield* core.measure(DescriptorId(id.split(":")[2] ?? ""), "weight", 71, now())
        yield* until(() => host.status?.message.fr.includes("refuse l'adresse") ?? false)
        assert.isTrue(host.status?.connected)
        assert.include(JSON.stringify(yield* host.action("diagnose")), "Withings refused the address")
        host.plus = false
        yield* host.tell("webhook-updated", {})
        yield* until(() => core.builtWith.at(-1)?.relayedWebhook === null)
      }),
  )
})
