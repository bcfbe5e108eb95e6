import {
  Bridge,
  type BridgeConfig,
  HouseholdFeed,
  type HouseholdChange,
  SyncStatus,
} from "@withings-bridge/core"
import type { Simulator } from "@withings-bridge/simulator"
import assert from "node:assert/strict"
import { type Context, Effect, Exit, Layer, Redacted, Scope } from "effect"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { authorize } from "../../../packages/core/test/authorize.ts"
import { freePort } from "../../../packages/core/test/freePort.ts"
import type { HubConfig } from "../src/HubConfig.ts"
import { layerRunner } from "../src/layerRunner.ts"
import { adminKey } from "./hubProcesses.ts"

type Budget = Parameters<typeof layerRunner>[1]

/** A runner that can be stopped and started again at the same address. */
const runner = (config: HubConfig, budget?: Budget) => {
  let scope: Scope.CloseableScope | null = null
  return {
    url: `http://127.0.0.1:${config.http.port}`,
    start: async () => {
      scope = Effect.runSync(Scope.make())
      await Effect.runPromise(Layer.buildWithScope(Layer.fresh(layerRunner(config, budget)), scope))
    },
    stop: async () => {
      if (scope !== null) await Effect.runPromise(Scope.close(scope, Exit.void))
      scope = null
    },
  }
}

export type Runner = ReturnType<typeof runner>

/** A hub of two runners, whose families have their accounts at a simulated Withings. */
export const startRunners = async (store: Redacted.Redacted, simulator: Simulator, budget?: Budget) => {
  const [http, internal, otherHttp, otherInternal] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ]
  const home = mkdtempSync(join(tmpdir(), "hub-"))
  const configOf = (port: number, runnerPort: number): HubConfig => ({
    home,
    store,
    publicUrl: `http://127.0.0.1:${http}`,
    http: { host: "127.0.0.1", port },
    runner: { host: "127.0.0.1", port: runnerPort },
    adminKey: Redacted.make(adminKey),
    applications: [{ clientId: "demo-client", clientSecret: Redacted.make("demo-secret") }],
    accountUrl: simulator.url,
    apiUrl: simulator.url,
    endsWithin: 20,
  })
  const runners = [
    runner(configOf(http, internal), budget),
    runner(configOf(otherHttp, otherInternal), budget),
  ] as const
  for (const one of runners) await one.start()
  return runners
}

/** Of a home that follows a hub. */
export const homeConfig = (
  hub: NonNullable<BridgeConfig["hub"]>,
  home = mkdtempSync(join(tmpdir(), "hub-home-")),
): BridgeConfig => ({
  home,
  clientId: "",
  clientSecret: Redacted.make(""),
  callbackUrl: "http://localhost:7333/callback",
  profiles: [],
  accountUrl: "https://account.withings.com",
  apiUrl: "https://wbsapi.withings.net",
  pollEvery: 300,
  webhook: null,
  hub,
})

/** A home that follows the hub, and everything it was told. */
export const follow = (url: string, key: string) => {
  const config = homeConfig({ url, key: Redacted.make(key) })
  const told: Array<HouseholdChange> = []
  let heard = (change: HouseholdChange): void => void change
  let scope = Effect.runSync(Scope.make())
  const start = async () => {
    scope = Effect.runSync(Scope.make())
    const context = await Effect.runPromise(Layer.buildWithScope(Layer.fresh(Bridge.layer(config)), scope))
    const following = Effect.flatMap(HouseholdFeed, (feed) =>
      feed.follow("home", (change) =>
        Effect.sync(() => {
          told.push(change)
          heard(change)
        }),
      ),
    )
    Effect.runFork(Effect.provide(following, context), { scope })
    return context
  }
  const onChange = (hear: (change: HouseholdChange) => void) => {
    heard = hear
  }
  return { told, onChange, start, stop: () => Effect.runPromise(Scope.close(scope, Exit.void)) }
}

export const api = async (url: string, method: string, path: string, body?: unknown, key = adminKey) => {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (answer.status === 204 ? null : await answer.json()) as never }
}

/** Invites someone and does what they do in their browser. Answers the key that their home fetches. */
export const joinBy = async (hub: { create: string; join: string }, person: string) => {
  const { body: household } = await api(hub.create, "POST", "/api/households", { name: `home of ${person}` })
  const { id } = household as { id: string }
  const { body: invitation } = await api(hub.create, "POST", `/api/households/${id}/invitations`, { days: 7 })
  const path = new URL((invitation as { url: string }).url).pathname
  const page = await fetch(hub.join + path)
  assert.ok((await page.text()).includes(`home of ${person}`))
  const started = await fetch(hub.join + path, {
    method: "POST",
    body: new URLSearchParams({ name: person }),
    redirect: "manual",
  })
  const landing = await Effect.runPromise(authorize(started.headers.get("location") ?? "", person))
  const welcome = await fetch(landing)
  assert.strictEqual(welcome.status, 200, await welcome.text())
  const fetched = await fetch(`${hub.join}${path}/key`, { method: "POST" })
  const { key } = (await fetched.json()) as { key: string }
  assert.strictEqual((await fetch(`${hub.join}${path}/key`, { method: "POST" })).status, 404)
  return { id, key }
}

/** For weigh-ins and for the bed: for `eventually`. */
export const hasWebhooks = (simulator: Simulator, person: string) => {
  const asked = simulator.requests.filter(
    ({ action, person: whose }) => action === "subscribe" && whose === person,
  )
  const applis = new Set(asked.map(({ params }) => params["appli"]))
  return ["1", "50", "51"].every((appli) => applis.has(appli)) || undefined
}

/** Whether the first history of the measures was read, which is no news: for `eventually`. */
export const hasHistory = async (core: Context.Context<SyncStatus>) => {
  const progress = await Effect.runPromise(
    Effect.provide(
      Effect.flatMap(SyncStatus, (status) => status.progress),
      core,
    ),
  )
  return progress.find(({ feed }) => feed === "getmeas")?.finishedAt ?? undefined
}
