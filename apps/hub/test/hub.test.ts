import { SqlClient } from "@effect/sql"
import { PgClient } from "@effect/sql-pg"
import { assert, it } from "@effect/vitest"
import type { HouseholdChange } from "@withings-bridge/core"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect } from "effect"
import { withPostgres } from "../../../packages/core/test/postgres.ts"
import { unlimited } from "../../../packages/core/test/unhurried.ts"
import { eventually } from "./eventually.ts"
import { api, follow, hasHistory, hasWebhooks, joinBy, startRunners } from "./hubParts.ts"
import { adminKey } from "./hubProcesses.ts"
import { nobodySeesAnother } from "./otherPersons.ts"

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

const named =
  (person: string) =>
  ({ name }: { readonly name: string }) =>
    name === person

await withPostgres((postgres) => {
  const hubOfTwo = async () => {
    const store = await Effect.runPromise(postgres.newDatabase)
    const simulator = await startSimulator({ years: 0, requestsPerMinute: 100_000 })
    return { store, simulator, runners: await startRunners(store, simulator, unlimited) }
  }

  it("two households on two runners: invited, followed through the end of a runner, and deleted", async () => {
    const { runners, simulator, store } = await hubOfTwo()
    const [one, other] = runners
    const [ann = "", bob = ""] = simulator.persons.map(({ name }) => name)
    const hub = { create: one.url, join: other.url }
    const [first, second] = [await joinBy(hub, ann), await joinBy(hub, bob)]

    const home = follow(other.url, first.key)
    const core = await home.start()
    await eventually(
      "the devices of Ann",
      () => home.told.at(-1)?.household.descriptors.some(({ deviceId }) => deviceId !== null) || undefined,
    )
    assert.deepStrictEqual(
      home.told.at(-1)?.household.persons.map(({ name }) => name),
      [ann],
    )

    await eventually("webhooks of Ann", () => hasWebhooks(simulator, ann))
    await eventually("the history of Ann", () => hasHistory(core))
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
    for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }])
      for (const path of ["/api/households", "/rpc"])
        assert.strictEqual((await fetch(`${one.url}${path}`, { method: "POST", headers })).status, 403)
    const nested = "[".repeat(20_000) + "]".repeat(20_000)
    for (const type of ["application/json", "multipart/form-data"]) {
      const headers = { authorization: `Bearer ${adminKey}`, "content-type": type }
      const sent = { method: "POST", headers, body: nested }
      assert.strictEqual((await fetch(`${one.url}/api/households`, sent)).status, 400)
    }
    assert.strictEqual((await api(one.url, "GET", "/api/households/%00")).status, 400)
    assert.strictEqual((await api(one.url, "POST", "/api/households", { name: "a\0b" })).status, 400)
    assert.strictEqual((await fetch(`${one.url}/callback?state=%00`)).status, 404)
    const huge = { method: "POST", body: "x".repeat(1_000_000) }
    assert.isAtLeast(
      await fetch(`${one.url}/rpc`, huge).then(
        ({ status }) => status,
        () => 413,
      ),
      400,
    )
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
