import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { readFile, rm, stat } from "node:fs/promises"
import { request } from "node:http"
import { join } from "node:path"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { DescriptorId } from "@withings-bridge/core"
import { apiKeyFile, readApiKey } from "../src/apiKeyFile.ts"
import { ask, authorized, post, testKey } from "./asking.ts"
import { bridgeFor } from "./bridgeFor.ts"
import { temporaryHome } from "./GladysApp.ts"
import { descriptor, household, person, TestCore, weighedAt } from "./TestCore.ts"

const service = "/api/v1/service/withings"

describe("the HTTP bridge", () => {
  it.scopedLive("lists devices with their last values, and finds them by name", () =>
    Effect.gen(function* () {
      const core = new TestCore(household(descriptor({})))
      const { url } = yield* bridgeFor(core)
      const { body } = yield* ask(`${url}/api/v1/device`)
      assert.strictEqual(body[0].name, "Body+ Ann")
      assert.strictEqual(body[0].features[0].last_value, 72.4)
      assert.lengthOf((yield* ask(`${url}/api/v1/device?search=body`)).body, 1)
      assert.lengthOf((yield* ask(`${url}/api/v1/device?search=watch`)).body, 0)
      assert.strictEqual((yield* ask(`${url}/api/v1/device/nothing`)).status, 404)
    }),
  )

  it.scopedLive("aggregates and pages the history of a feature", () =>
    Effect.gen(function* () {
      const scale = descriptor({})
      const core = new TestCore(household(scale))
      for (let day = 0; day < 10; day++)
        yield* core.measure(scale.id, "weight", 70 + day, weighedAt - day * 86_400)
      const { url } = yield* bridgeFor(core)
      const selector = "withings-body-plus-01234567-weight"
      const states = `${url}/api/v1/device_feature`
      const { body } = yield* ask(`${states}/aggregated_states?device_features=${selector}&max_states=5`)
      assert.deepStrictEqual(
        body[0].values.map((bucket: { value: number }) => bucket.value),
        [78.5, 76.5, 74.5, 72.5, 70.5],
      )
      const byDay = yield* ask(`${states}/aggregated_states?device_features=${selector}&group_by=day`)
      assert.lengthOf(byDay.body[0].values, 10)
      const page = yield* ask(`${states}/states_history?take=3`)
      assert.deepStrictEqual(
        page.body.map((state: { value: number }) => state.value),
        [70, 71, 72],
      )
      const next = yield* ask(`${states}/states_history?take=3&before=${page.body[2].created_at}`)
      assert.strictEqual(next.body[0].value, 73)
      assert.strictEqual((yield* ask(`${states}/aggregated_states?device_features=no-such`)).status, 404)
      assert.strictEqual((yield* ask(`${states}/aggregated_states`)).status, 400)
      assert.strictEqual((yield* ask(`${states}/states_history?before=yesterday`)).status, 400)
      const csv = yield* ask(`${url}/api/v1/export`)
      assert.lengthOf(csv.body.trim().split("\r\n"), 11)
    }),
  )

  it.scopedLive("keeps a device only when the user adds it, and fetches its news then", () =>
    Effect.gen(function* () {
      const core = new TestCore(
        household(descriptor({}), descriptor({ id: DescriptorId("f".repeat(24)), features: [] })),
      )
      const { url } = yield* bridgeFor(core)
      const { withingsDevices } = (yield* post(`${url}${service}/init_devices`, {})).body
      assert.lengthOf(withingsDevices, 2)
      assert.lengthOf((yield* ask(`${url}${service}/device`)).body, 0)
      const added = yield* post(`${url}/api/v1/device`, withingsDevices[0])
      assert.strictEqual(added.status, 200)
      assert.deepStrictEqual(core.refreshed, [person.id])
      assert.lengthOf((yield* ask(`${url}${service}/device`)).body, 1)
      assert.isTrue((yield* post(`${url}${service}/init_devices`, {})).body.withingsDevices[0].inDB)
      yield* ask(`${url}/api/v1/device/${withingsDevices[0].selector}`, { method: "DELETE" })
      assert.lengthOf((yield* ask(`${url}${service}/device`)).body, 0)
    }),
  )

  it.scopedLive("signs in by the documented flow, its state checked", () =>
    Effect.gen(function* () {
      const core = new TestCore(household())
      const { url, home } = yield* bridgeFor(core)
      yield* post(`${url}${service}/variable/OAUTH2_CLIENT_ID`, { value: "client", userRelated: true })
      yield* post(`${url}${service}/variable/OAUTH2_CLIENT_SECRET`, { value: "s3cret", userRelated: true })
      const page = "http://gladys.local/dashboard/integration/health/withings/settings"
      const { body } = yield* post(
        `${url}${service}/oauth2/client/authorization-uri`,
        { service_id: "1", integration_name: "withings" },
        { referer: `${page}?tab=1` },
      )
      const query = new URL(body.authorizationUri).searchParams
      assert.strictEqual(query.get("client_id"), "client")
      assert.strictEqual(query.get("redirect_uri"), page)
      const exchange = (referer: string) =>
        post(`${url}${service}/oauth2/client/access-token`, { authorization_code: "code" }, { referer })
      const withoutState = yield* exchange(page)
      assert.strictEqual(withoutState.status, 400)
      assert.include(JSON.stringify(withoutState.body), "Send the state")
      assert.strictEqual((yield* exchange(`${page}?code=code&state=gladys_state_withings`)).status, 400)
      const done = yield* exchange(`${page}?code=code&state=random`)
      assert.deepStrictEqual(done.body, { result: { id: person.id, name: person.name } })
      assert.strictEqual((yield* ask(`${url}${service}/oauth2/client`)).body.client_id, "client")
      assert.deepStrictEqual((yield* ask(`${url}${service}/reset`)).body, { success: true })
      assert.notInclude(
        yield* Effect.promise(() => readFile(join(home, "gladys", "state.json"), "utf8")),
        "s3cret",
      )
    }),
  )

  it.scopedLive("tells changes as they come, as events and by websocket", () =>
    Effect.gen(function* () {
      const scale = descriptor({})
      const core = new TestCore(household(scale))
      const { url } = yield* bridgeFor(core)
      const events = yield* Effect.promise(() => fetch(`${url}/api/v1/live`, { headers: authorized }))
      const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader()
      const socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/live/socket`, { headers: authorized })
      const opened = new Promise((resolve) => socket.addEventListener("open", resolve))
      const message = new Promise<string>((resolve) =>
        socket.addEventListener("message", (event) => resolve(String(event.data))),
      )
      yield* Effect.promise(() => opened)
      const weighing = Effect.suspend(() => core.measure(scale.id, "weight", 71.9, weighedAt + 60)).pipe(
        Effect.delay("200 millis"),
        Effect.forever,
      )
      const heard = Effect.promise(async () => {
        let text = ""
        while (!text.includes("device.new-state")) text += (await reader?.read())?.value ?? ""
        return text
      })
      const [text, told] = yield* Effect.raceFirst(
        weighing,
        Effect.all([heard, Effect.promise(() => message)]),
      )
      assert.include(text, `"last_value":71.9`)
      assert.strictEqual(JSON.parse(told).payload.last_value, 71.9)
      socket.close()
    }),
  )

  it.scopedLive("asks everyone for the key, and slows down who guesses but never who knows", () =>
    Effect.gen(function* () {
      const { url, lines } = yield* bridgeFor(new TestCore(household(descriptor({}))))
      assert.notInclude(lines.join("\n"), testKey)
      const withKey = (sent: string) =>
        ask(`${url}/api/v1/device`, { headers: { authorization: sent === "" ? "" : `Bearer ${sent}` } })
      assert.strictEqual((yield* ask(`${url}/health`, { headers: { authorization: "" } })).status, 200)
      assert.strictEqual((yield* withKey("")).status, 401)
      assert.strictEqual((yield* withKey(testKey)).status, 200)
      for (let guess = 0; guess < 9; guess++)
        assert.strictEqual((yield* withKey(`guess-${guess}`)).status, 401)
      assert.strictEqual((yield* withKey("guess")).status, 429)
      assert.strictEqual((yield* withKey(testKey)).status, 200)
    }),
  )

  it.scopedLive("makes a key of its own at the first start, for its owner alone", () =>
    Effect.gen(function* () {
      const home = yield* temporaryHome
      const file = apiKeyFile(home)
      yield* Effect.promise(() => rm(file))
      const key = yield* Effect.provide(readApiKey(home), NodeContext.layer)
      assert.lengthOf(key, 43)
      assert.strictEqual((yield* Effect.promise(() => stat(file))).mode & 0o777, 0o600)
      assert.strictEqual(yield* Effect.provide(readApiKey(home), NodeContext.layer), key)
    }),
  )

  it.scopedLive("resets only when asked twice", () =>
    Effect.gen(function* () {
      const { url } = yield* bridgeFor(new TestCore(household(descriptor({}))))
      const opened = { headers: { "sec-fetch-dest": "document", "sec-fetch-site": "none" } }
      assert.strictEqual((yield* ask(`${url}${service}/reset`, opened)).status, 400)
      assert.strictEqual((yield* ask(`${url}${service}/reset?confirm=yes`, opened)).status, 200)
    }),
  )

  it.scopedLive("answers every error in Gladys' shape", () =>
    Effect.gen(function* () {
      const { url } = yield* bridgeFor(new TestCore(household(descriptor({}))))
      const json = { "content-type": "application/json" }
      const nested = "[".repeat(20_000) + "]".repeat(20_000)
      const refused = [
        [400, { path: "/api/v1/device", method: "POST", body: "{", headers: json }],
        [400, { path: "/api/v1/device", method: "POST", body: "{}", headers: json }],
        [
          400,
          {
            path: "/api/v1/device",
            method: "POST",
            body: "x",
            headers: { "content-type": "multipart/form-data" },
          },
        ],
        [400, { path: "/api/v1/device", method: "POST", body: nested, headers: json }],
        [400, { path: "/api/v1/device?colour=red" }],
        [400, { path: "/api/v1/device?take=many" }],
        [400, { path: "/api/v1/device_feature/aggregated_states?device_features=x&interval=0" }],
        [404, { path: "/api/v1/device?service=hue" }],
        [404, { path: "/api/v1/device/nothing" }],
        [404, { path: "/api/v1/nothing" }],
        [404, { path: "/api/v1/device", method: "PUT" }],
      ] as const
      for (const [status, { path, ...init }] of refused) {
        const answer = yield* ask(`${url}${path}`, init)
        assert.strictEqual(answer.status, status, path)
        assert.hasAllKeys(answer.body, ["status", "code", "message"])
        assert.strictEqual(answer.body.status, status)
        assert.notMatch(answer.body.message, /Expected|actual|is missing/)
      }
    }),
  )

  it.scopedLive("refuses a foreign page everywhere, also by websocket, whatever else it says", () =>
    Effect.gen(function* () {
      const { url, port } = yield* bridgeFor(new TestCore(household(descriptor({}))))
      for (const origin of ["https://evil.example", "null", `http://127.0.0.1:${port + 1}`, "nonsense"]) {
        for (const path of ["/api/v1/device", "/health", "/api/v1/live", "/docs", "/openapi.json"]) {
          const headers = { origin, "sec-fetch-site": "same-origin" }
          assert.strictEqual((yield* raw(port, path, headers)).status, 403, `${path} for ${origin}`)
        }
        const upgrade = {
          origin,
          connection: "Upgrade",
          upgrade: "websocket",
          "sec-websocket-version": "13",
          "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        }
        assert.strictEqual((yield* raw(port, "/api/v1/live/socket", upgrade)).status, 403)
      }
      const silent = { "sec-fetch-site": "cross-site", ...authorized }
      assert.strictEqual((yield* raw(port, "/api/v1/device", silent)).status, 403)
      // A link from another site leads here, as the way back from Withings does.
      assert.strictEqual((yield* raw(port, "/docs", { "sec-fetch-site": "cross-site" })).status, 200)
      assert.strictEqual((yield* raw(port, "/api/v1/device", { origin: url, ...authorized })).status, 200)
    }),
  )

  it.scopedLive("answers devices, states and aggregates field by field as Gladys does", () =>
    Effect.gen(function* () {
      const scale = descriptor({})
      const core = new TestCore(
        household(scale, descriptor({ id: DescriptorId("f".repeat(24)), name: "Aura", features: [] })),
      )
      yield* core.measure(scale.id, "weight", 70, weighedAt)
      const { url } = yield* bridgeFor(core)
      const devices = (query: string) => Effect.map(ask(`${url}/api/v1/device${query}`), ({ body }) => body)
      const [, device] = yield* devices("")
      assert.hasAllKeys(device, [
        ..."id service_id room_id name selector model external_id should_poll poll_frequency".split(" "),
        ..."created_at updated_at features params room service".split(" "),
      ])
      assert.hasAllKeys(device.features[0], [
        ..."id device_id energy_parent_id name selector external_id category type read_only".split(" "),
        ..."keep_history has_feedback unit min max step last_value last_value_string".split(" "),
        ..."last_value_changed created_at updated_at supported_options last_value_is_too_old".split(" "),
        ..."last_hourly_aggregate last_daily_aggregate last_monthly_aggregate".split(" "),
      ])
      assert.hasAllKeys(device.service, [
        ..."id pod_id name selector version has_message_feature status type created_at updated_at".split(" "),
        ..."docker_image manifest container_id failure_count last_heartbeat token_version".split(" "),
        ..."store_slug granted_devices".split(" "),
      ])
      assert.isTrue(device.features[1].last_value_is_too_old)
      assert.strictEqual(device.service_id, device.service.id)
      const namesOf = (all: ReadonlyArray<{ readonly name: string }>) => all.map(({ name }) => name)
      assert.deepStrictEqual(namesOf(yield* devices("?order_dir=DESC")), ["Body+ Ann", "Aura"])
      assert.deepStrictEqual(namesOf(yield* devices("?take=1&skip=1")), ["Body+ Ann"])
      assert.deepStrictEqual(namesOf(yield* devices("?model=Body%2B&service=withings")), [
        "Aura",
        "Body+ Ann",
      ])
      const [battery] = yield* devices("?device_feature_category=battery")
      assert.deepStrictEqual(namesOf(battery.features), ["Battery"])
      const states = `${url}/api/v1/device_feature`
      const selector = device.features[0].selector
      const of = (query: string) =>
        Effect.map(
          ask(`${states}/aggregated_states?device_features=${selector}${query}`),
          ({ body }) => body[0],
        )
      const plain = yield* of("")
      assert.deepStrictEqual(plain.deviceFeature, { name: "Weight (kg)", unit: null })
      const fields = "created_at value min_value max_value sum_value count_value".split(" ")
      assert.hasAllKeys(plain.values[0], fields)
      const grouped = (yield* of("&group_by=day")).values[0]
      assert.hasAllKeys(grouped, [...fields, "grouped_date"])
      assert.strictEqual(grouped.grouped_date, grouped.created_at)
      const [state] = (yield* ask(`${states}/states_history?take=1`)).body
      assert.hasAllKeys(state, ["value", "created_at", "device_feature", "device", "room"])
      assert.hasAllKeys(state.device_feature, ["id", "name", "selector", "category", "type", "unit"])
      const next = `before=${state.created_at}&before_id=${state.device_feature.id}`
      assert.lengthOf((yield* ask(`${states}/states_history?${next}`)).body, 0)
      assert.lengthOf((yield* ask(`${states}/states_history?categories=battery`)).body, 0)
    }),
  )
})

/** A request with headers that fetch does not let a program set. */
const raw = (port: number, path: string, headers: Record<string, string>) =>
  Effect.promise(
    () =>
      new Promise<{ readonly status: number }>((resolve, reject) => {
        const sent = request({ host: "127.0.0.1", port, path, headers, agent: false }, (answer) => {
          resolve({ status: answer.statusCode ?? 0 })
          answer.destroy()
        })
        sent.on("upgrade", (answer, socket) => {
          resolve({ status: answer.statusCode ?? 0 })
          socket.destroy()
        })
        sent.on("error", reject)
        sent.end()
      }),
  )
