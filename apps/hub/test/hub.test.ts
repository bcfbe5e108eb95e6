import { SqlClient } from "@effect/sql"
import { PgClient } from "@effect/sql-pg"
import { assert, it } from "@effect/vitest"
import { Bridge, type BridgeConfig, HouseholdFeed, type HouseholdChange } from "@withings-bridge/core"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { Effect, Exit, Layer, Redacted, Scope } from "effect"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { authorize } from "../../../packages/core/test/authorize.ts"
import { freePort } from "../../../packages/core/test/freePort.ts"
import { withPostgres } from "../../../packages/core/test/postgres.ts"
import { unlimited } from "../../../packages/core/test/unhurried.ts"
import type { HubConfig } from "../src/HubConfig.ts"
import { layerRunner } from "../src/layerRunner.ts"
import { nobodySeesAnother } from "./otherPersons.ts"

const adminKey = "an operator's key of these tests"

const eventually = async <A>(
  what: string,
  look: () => A | undefined | Promise<A | undefined>,
): Promise<A> => {
  const end = Date.now() + 60_000
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error(`never seen: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** A runner that can be stopped and started again at the same address. */
const runner = (config: HubConfig) => {
  let scope: Scope.CloseableScope | null = null
  return {
    url: `http://127.0.0.1:${config.http.port}`,
    start: async () => {
      scope = Effect.runSync(Scope.make())
      await Effect.runPromise(Layer.buildWithScope(Layer.fresh(layerRunner(config, unlimited)), scope))
    },
    stop: async () => {
      if (scope !== null) await Effect.runPromise(Scope.close(scope, Exit.void))
      scope = null
    },
  }
}

/** A home that follows the hub, and everything it was told. */
const follow = (url: string, key: string, home = mkdtempSync(join(tmpdir(), "hub-home-"))) => {
  const config: BridgeConfig = {
    home,
    clientId: "",
    clientSecret: Redacted.make(""),
    callbackUrl: "http://localhost:7333/callback",
    profiles: [],
    accountUrl: "https://account.withings.com",
    apiUrl: "https://wbsapi.withings.net",
    pollEvery: 300,
    webhook: null,
    hub: { url, key: Redacted.make(key) },
  }
  const told: Array<HouseholdChange> = []
  let scope = Effect.runSync(Scope.make())
  const start = async () => {
    scope = Effect.runSync(Scope.make())
    const context = await Effect.runPromise(Layer.buildWithScope(Layer.fresh(Bridge.layer(config)), scope))
    const following = Effect.flatMap(HouseholdFeed, (feed) =>
      feed.follow("home", (change) => Effect.sync(() => void told.push(change))),
    )
    Effect.runFork(Effect.provide(following, context), { scope })
    return context
  }
  return { told, start, stop: () => Effect.runPromise(Scope.close(scope, Exit.void)) }
}

/** How often a weight was told as something that happened, and how often it shows now. */
const weighed = (told: ReadonlyArray<HouseholdChange>, kilograms: number) => {
  const groups = told.flatMap(({ measured }) => measured.filter(({ kinds }) => kinds.includes("weight")))
  const shows = told
    .at(-1)
    ?.household.descriptors.some(({ features }) =>
      features.some(({ key, reading }) => key === "weight" && reading?.value === kilograms),
    )
  return { groups: groups.map(({ group }) => group), shows: shows === true }
}

/** The weight shows, and so many weigh-ins were told. */
const isTold = (told: ReadonlyArray<HouseholdChange>, kilograms: number, times: number) => {
  const { groups, shows } = weighed(told, kilograms)
  return (shows && groups.length >= times) || undefined
}

const inBed = (told: ReadonlyArray<HouseholdChange>) =>
  told
    .at(-1)
    ?.household.descriptors.flatMap(({ features }) => features)
    .find(({ key }) => key === "in-bed")?.reading?.value

const api = async (url: string, method: string, path: string, body?: unknown, key = adminKey) => {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (answer.status === 204 ? null : await answer.json()) as never }
}

/** Invites someone and does what they do in their browser. Answers the key that their home fetches. */
const joinBy = async (hub: { create: string; join: string }, simulator: Simulator, person: string) => {
  const { body: household } = await api(hub.create, "POST", "/api/households", { name: `home of ${person}` })
  const { id } = household as { id: string }
  const { body: invitation } = await api(hub.create, "POST", `/api/households/${id}/invitations`, { days: 7 })
  const path = new URL((invitation as { url: string }).url).pathname
  const page = await fetch(hub.join + path)
  assert.include(await page.text(), `home of ${person}`)
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

const named =
  (person: string) =>
  ({ name }: { readonly name: string }) =>
    name === person

/** For weigh-ins and for the bed. */
const hasWebhooks = (simulator: Simulator, person: string) => {
  const asked = simulator.requests.filter(
    ({ action, person: whose }) => action === "subscribe" && whose === person,
  )
  const applis = new Set(asked.map(({ params }) => params["appli"]))
  return ["1", "50", "51"].every((appli) => applis.has(appli)) || undefined
}

await withPostgres((postgres) => {
  const hubOfTwo = async () => {
    const store = await Effect.runPromise(postgres.newDatabase)
    const simulator = await startSimulator({ years: 0, requestsPerMinute: 100_000 })
    const ports = await Promise.all([freePort(), freePort(), freePort(), freePort()])
    const home = mkdtempSync(join(tmpdir(), "hub-"))
    const configOf = (http: number, internal: number): HubConfig => ({
      home,
      store,
      publicUrl: `http://127.0.0.1:${ports[0]}`,
      http: { host: "127.0.0.1", port: http },
      runner: { host: "127.0.0.1", port: internal },
      adminKey: Redacted.make(adminKey),
      applications: [{ clientId: "demo-client", clientSecret: Redacted.make("demo-secret") }],
      accountUrl: simulator.url,
      apiUrl: simulator.url,
    })
    const runners = [runner(configOf(ports[0], ports[1])), runner(configOf(ports[2], ports[3]))] as const
    for (const one of runners) await one.start()
    return { store, simulator, runners }
  }

  it("two households on two runners: invited, followed through the end of a runner, and deleted", async () => {
    const { runners, simulator, store } = await hubOfTwo()
    const [one, other] = runners
    const [ann = "", bob = ""] = simulator.persons.map(({ name }) => name)
    const hub = { create: one.url, join: other.url }
    const [first, second] = [await joinBy(hub, simulator, ann), await joinBy(hub, simulator, bob)]

    const home = follow(other.url, first.key)
    await home.start()
    await eventually(
      "the devices of Ann",
      () => home.told.at(-1)?.household.descriptors.some(({ deviceId }) => deviceId !== null) || undefined,
    )
    assert.deepStrictEqual(
      home.told.at(-1)?.household.persons.map(({ name }) => name),
      [ann],
    )

    await eventually("webhooks of Ann", () => hasWebhooks(simulator, ann))
    await simulator.weigh(ann, 71.1)
    await eventually("a weigh-in", () => isTold(home.told, 71.1, 1))
    await simulator.goToBed(ann)
    await eventually("Ann in bed", () => inBed(home.told) === 1 || undefined)

    // The runner that the home follows ends; the other one takes over what it did.
    await other.stop()
    await simulator.weigh(ann, 72.2)
    await simulator.getUp(ann)
    await other.start()
    await eventually(
      "what happened meanwhile",
      () => (isTold(home.told, 72.2, 2) && inBed(home.told) === 0) || undefined,
    )
    assert.lengthOf(new Set(weighed(home.told, 72.2).groups), 2)
    assert.lengthOf(weighed(home.told, 72.2).groups, 2)

    // The home restarts, and is told nothing twice.
    await home.stop()
    await simulator.weigh(ann, 73.3)
    const restarted = await home.start()
    await eventually("the weigh-in during the restart", () => isTold(home.told, 73.3, 3))
    assert.lengthOf(weighed(home.told, 73.3).groups, 3)

    // One household asks for another's person.
    const annId = home.told.at(-1)?.household.persons[0]?.id ?? ""
    const theirs = follow(one.url, second.key)
    const foreign = await theirs.start()
    await eventually(
      "Bob's values",
      () => theirs.told.at(-1)?.household.persons.some(named(bob)) || undefined,
    )
    const bobId = theirs.told.at(-1)?.household.persons.find(named(bob))?.id ?? ""
    const homes = [
      { core: restarted, own: annId },
      { core: foreign, own: bobId },
    ]
    await nobodySeesAnother(homes, [first.id, second.id, first.key, second.key])
    const log = JSON.stringify((await api(one.url, "GET", `/api/households/${first.id}/access`)).body)
    assert.include(log, "HistoryLatest")

    const { status } = await api(one.url, "DELETE", `/api/households/${first.id}`)
    assert.strictEqual(status, 204)
    await eventually("an empty home", () => home.told.at(-1)?.household.descriptors.length === 0 || undefined)
    const database = PgClient.layer({ url: store })
    const traces = await Effect.runPromise(Effect.provide(tracesOf([first.id, annId]), database))
    assert.deepStrictEqual(traces, [])
    assert.isTrue(theirs.told.at(-1)?.household.persons.some(named(bob)))

    assert.strictEqual((await api(one.url, "GET", "/api/households", undefined, "wrong")).status, 401)
    assert.strictEqual((await fetch(`${one.url}/ready`)).status, 200)
    assert.include(await (await fetch(`${one.url}/metrics`)).text(), "withings_hub_persons")
    assert.include(await (await fetch(`${one.url}/openapi.json`)).text(), "/api/households/{id}")
    await home.stop()
    await theirs.stop()
    for (const each of runners) await each.stop()
    await simulator.close()
  }, 300_000)
})

/** Rows of any table that hold one of these words; leases keep their fencing numbers. */
const tracesOf = (words: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const tables = yield* sql<{ tablename: string }>`
      SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'lease'`
    const found: Array<string> = []
    for (const { tablename } of tables) {
      const rows = yield* sql.unsafe(`SELECT * FROM ${tablename}`)
      for (const row of rows) {
        const text = JSON.stringify(row)
        if (words.some((word) => text.includes(word))) found.push(`${tablename}: ${text}`)
      }
    }
    return found
  })
