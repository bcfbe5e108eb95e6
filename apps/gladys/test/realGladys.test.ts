import { assert, describe, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect } from "effect"
import { until } from "./asking.ts"
import { runApp, shippedFlags, shippedEnvironment, temporaryHome } from "./GladysApp.ts"
import { type Discovered, type GladysUser, journey } from "./journey.ts"

const {
  GLADYS_TEST_URL: url,
  GLADYS_TEST_TOKEN: token,
  GLADYS_TEST_INTEGRATION_TOKEN: integrationToken,
  GLADYS_TEST_SELECTOR: selector = "ext-dev-withings",
} = process.env

/** What has to be set, and where it is found. */
const wanted =
  "GLADYS_TEST_URL (of a Gladys), GLADYS_TEST_TOKEN (access token of an administrator), " +
  "GLADYS_TEST_INTEGRATION_TOKEN (GLADYS_INTEGRATION_TOKEN of its dev container, which has to be stopped) " +
  "and, unless it is ext-dev-withings, GLADYS_TEST_SELECTOR"

const ready = url !== undefined && token !== undefined && integrationToken !== undefined
if (!ready) console.warn(`SKIPPED: the journey on a real Gladys. It needs ${wanted}.`)

const own = `/external_integration/${selector}`

interface RealDevice extends Discovered {
  readonly selector: string
  readonly features: ReadonlyArray<
    Discovered["features"][number] & { readonly selector: string; readonly last_value: number | null }
  >
}

const call = (method: string, path: string, body?: object) =>
  Effect.promise(async () => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { ok: answer.ok, body: /^[[{]/.test(text) ? JSON.parse(text) : text }
  })

const devices: Effect.Effect<ReadonlyArray<RealDevice>> = Effect.map(
  call("GET", "/device"),
  ({ body }) => body,
)
const deviceOf = (externalId: string) =>
  Effect.map(devices, (all) => all.find(({ external_id }) => external_id === externalId))
const featureOf = (externalId: string) =>
  Effect.map(devices, (all) =>
    all.flatMap(({ features }) => features).find(({ external_id }) => external_id === externalId),
  )

/** The user's side of Gladys' own API (C.5 of its specification of external integrations). */
const realUser: GladysUser = {
  configure: (config) => Effect.asVoid(call("POST", `${own}/config`, { config })),
  authorizeUrl: (redirect_uri) =>
    Effect.map(
      call("POST", `${own}/oauth/authorize_url`, { key: "connect", redirect_uri }),
      ({ body }) => body.authorize_url,
    ),
  callback: (landedOn) =>
    Effect.map(call("POST", `${own}/oauth/callback`, { key: "connect", ...landedOn }), (answer) => answer.ok),
  discovered: Effect.map(call("GET", `${own}/discovered_device`), ({ body }) => body),
  create: (device) =>
    Effect.gen(function* () {
      const { body } = yield* call("GET", `/external_integration/${selector}`)
      const { created: _, ...rest } = { created: false, ...device }
      const answer = yield* call("POST", "/device", { ...rest, service_id: body.id })
      assert.isTrue(answer.ok, JSON.stringify(answer.body))
    }),
  remove: (device) =>
    Effect.flatMap(deviceOf(device.external_id), (found) =>
      Effect.asVoid(call("DELETE", `/device/${found?.selector}`)),
    ),
  kept: (externalId) =>
    Effect.flatMap(featureOf(externalId), (feature) =>
      feature === undefined
        ? Effect.succeed(0)
        : Effect.map(
            call(
              "GET",
              `/device_feature/aggregated_states?device_features=${feature.selector}&interval=144000&max_states=10000`,
            ),
            ({ body }) => body[0]?.values.length ?? 0,
          ),
    ),
  lastValue: (externalId) => Effect.map(featureOf(externalId), (feature) => feature?.last_value ?? null),
}

describe.skipIf(!ready)("the journey on a real Gladys", () => {
  it.scopedLive(
    "signs in, discovers, imports, tells a weighing, removes",
    () =>
      Effect.gen(function* () {
        const cloud = yield* Effect.acquireRelease(
          Effect.promise(() => startSimulator({ years: 1, requestsPerMinute: 10_000 })),
          (running) => Effect.promise(() => running.close()),
        )
        const app = yield* runApp(
          {
            ...shippedEnvironment,
            GLADYS_HOST_API_URL: url ?? "",
            GLADYS_INTEGRATION_TOKEN: integrationToken ?? "",
            GLADYS_INTEGRATION_SELECTOR: selector,
            WITHINGS_BRIDGE_HOME: yield* temporaryHome,
            WITHINGS_ACCOUNT_URL: cloud.url,
            WITHINGS_API_URL: cloud.url,
          },
          [],
          shippedFlags,
        )
        const connected = Effect.map(
          call("GET", `/external_integration/${selector}`),
          ({ body }) => body.status === "RUNNING",
        )
        yield* until(() => connected, app.printed)
        const { scale, weight } = yield* journey(realUser, cloud, app.printed)
        yield* call("POST", `${own}/action/sync_now`, { fields: {} })
        yield* until(() => Effect.map(realUser.lastValue(weight), (value) => value === 71.35), app.printed)
        yield* realUser.remove(scale)
        assert.strictEqual(yield* realUser.kept(weight), 0)
      }),
    600_000,
  )
})
