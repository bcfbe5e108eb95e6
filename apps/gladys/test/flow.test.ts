import { assert, describe, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect } from "effect"
import { createServer } from "node:http"
import type { GladysDevice } from "../src/GladysDevice.ts"
import { ask, authorize, authorized, post, until } from "./asking.ts"
import { runApp, spawnApp, temporaryHome } from "./GladysApp.ts"

const service = "/api/v1/service/withings"
const settings = "http://gladys.local/dashboard/integration/health/withings/settings"

const simulator = (options: Parameters<typeof startSimulator>[0] = {}) =>
  Effect.acquireRelease(
    Effect.promise(() => startSimulator({ years: 1, requestsPerMinute: 10_000, ...options })),
    (running) => Effect.promise(() => running.close()),
  )

describe("the documented flow of the Withings service, against the simulated cloud", () => {
  it.scopedLive("signs in, discovers, adds a device, shows its history and a weighing", () =>
    Effect.gen(function* () {
      const cloud = yield* simulator()
      const [person] = cloud.persons
      assert(person !== undefined)
      const home = yield* temporaryHome
      const env = { WITHINGS_BRIDGE_HOME: home, WITHINGS_ACCOUNT_URL: cloud.url, WITHINGS_API_URL: cloud.url }
      const app = yield* runApp(env)
      yield* until(() => app.url !== "", app.printed)
      const at = (path: string) => `${app.url}${path}`

      // The settings page saves the credentials, and asks where to sign in.
      assert.strictEqual((yield* ask(at(`${service}/oauth2/client?service_id=1`))).body.client_id, null)
      yield* post(at(`${service}/variable/OAUTH2_CLIENT_ID`), { value: cloud.clientId, userRelated: true })
      yield* post(at(`${service}/variable/OAUTH2_CLIENT_SECRET`), {
        value: cloud.clientSecret,
        userRelated: true,
      })
      assert.strictEqual(
        (yield* ask(at(`${service}/oauth2/client?service_id=1`))).body.client_id,
        cloud.clientId,
      )
      const { authorizationUri } = (yield* post(
        at(`${service}/oauth2/client/authorization-uri`),
        { service_id: "1", integration_name: "withings", person_name: person.name },
        { referer: settings },
      )).body

      // The browser goes there, the person authorizes, Withings leads back to the page of Gladys.
      const landedOn = yield* authorize(authorizationUri, person.name)
      assert.isTrue(landedOn.startsWith(`${settings}?`))
      const { result } = (yield* post(
        at(`${service}/oauth2/client/access-token`),
        { service_id: "1", authorization_code: new URL(landedOn).searchParams.get("code") },
        { referer: landedOn },
      )).body
      assert.strictEqual(result.name, person.name)

      // The devices are listed, but none is kept before the user adds it.
      const discover = Effect.map(post(at(`${service}/init_devices`), {}), ({ body }) => body.withingsDevices)
      const scaleIn = (devices: ReadonlyArray<GladysDevice>) =>
        devices.find(({ model, features }) => model.startsWith("Body") && features.length > 3)
      yield* until(() => Effect.map(discover, (devices) => scaleIn(devices) !== undefined), app.printed)
      const scale = scaleIn(yield* discover)
      assert(scale !== undefined)
      assert.lengthOf((yield* ask(at(`${service}/device`))).body, 0)
      assert.strictEqual((yield* post(at("/api/v1/device"), scale)).status, 200)
      assert.lengthOf((yield* ask(at(`${service}/device`))).body, 1)

      // All of its history is there; what is worked out has none.
      const weight = scale.features.find(({ name }) => name === "Weight (kg)")?.selector ?? ""
      assert.notStrictEqual(weight, "")
      const statesOf = (selectors: string) =>
        Effect.map(
          ask(at(`/api/v1/device_feature/aggregated_states?device_features=${selectors}&max_states=10000`)),
          ({ body }) => body.map(({ values }: { values: ReadonlyArray<unknown> }) => values.length as number),
        )
      yield* until(() => Effect.map(statesOf(weight), ([count]) => count > 100), app.printed)
      const measured = scale.features.filter(
        ({ category, last_value, name }) =>
          category === "counter-sensor" && last_value !== null && !/^(Body mass|Weight change)/u.test(name),
      )
      const counts = yield* statesOf(measured.map(({ selector }) => selector).join(","))
      measured.forEach(({ name }, index) => assert.isAbove(counts[index], 0, `history of ${name}`))

      // However often Withings tells the same, and whatever it tells by two lists, no feature has two points at one time.
      const [, ...rows] = (yield* ask(at("/api/v1/export"))).body.trim().split("\r\n")
      const moments = rows.map((row: string) => row.slice(0, row.lastIndexOf(",")))
      assert.isAbove(moments.length, 100)
      assert.strictEqual(new Set(moments).size, moments.length)

      // A weighing arrives.
      yield* Effect.promise(() => cloud.weigh(person.name, 71.35))
      assert.deepStrictEqual((yield* ask(at(`${service}/poll/${scale.selector}`))).body, { success: true })
      const shown = Effect.map(
        ask(at(`/api/v1/device/${scale.selector}`)),
        ({ body }) => body.features.find((each: { selector: string }) => each.selector === weight).last_value,
      )
      yield* until(() => Effect.map(shown, (value) => value === 71.35), app.printed)

      // Reset forgets everything but the history.
      assert.deepStrictEqual((yield* ask(at(`${service}/reset`))).body, { success: true })
      assert.lengthOf((yield* ask(at(`${service}/device`))).body, 0)
      assert.notInclude(app.printed(), cloud.clientSecret)

      const events = yield* Effect.promise(() => fetch(at("/api/v1/live"), { headers: authorized }))
      assert.strictEqual(events.status, 200)
      // An open connection does not keep it: Docker kills whoever takes ten seconds.
      const { took } = yield* Effect.promise(() => app.stop())
      assert.isBelow(took, 10_000)
    }),
  )

  it.scopedLive("says in one sentence why it cannot start, and ends", () =>
    Effect.gen(function* () {
      const taken = createServer()
      yield* Effect.promise(() => new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve)))
      yield* Effect.addFinalizer(() => Effect.sync(() => taken.close()))
      const address = taken.address()
      const port = typeof address === "object" && address !== null ? address.port : 0
      const home = yield* temporaryHome
      for (const [args, words] of [
        [["--port", String(port)], "cannot listen on"],
        [["--port", "many"], '--port: found "many"'],
      ] as const) {
        const app = spawnApp({ WITHINGS_BRIDGE_HOME: home }, args)
        yield* until(() => app.process.exitCode !== null, app.printed)
        assert.strictEqual(app.process.exitCode, 1)
        const [last] = app.printed().trim().split("\n").slice(-1)
        assert.include(last, words)
        assert.notInclude(app.printed(), "    at ")
      }
    }),
  )
})
