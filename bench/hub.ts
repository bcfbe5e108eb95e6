/**
 * A hub of runners as processes, on a PostgreSQL with fsync, before a simulated cloud with real quotas
 * and with homes that follow it: how long a weigh-in and a bed take from the cloud to the home, what processor time and
 * memory persons cost, how large the database is; then the same while runners are killed, frozen, cut off and added.
 *
 * Persons sign in without a quota; then cloud and runners start again with it. HUB_PERSONS (500) live two and three to
 * a household, and get as many webhooks as HUB_LIKE persons do (10000, each 20 a day), for HUB_MINUTES (3) in peace
 * and as long in trouble.
 */
import { PgClient } from "@effect/sql-pg"
import { SqlClient } from "@effect/sql"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { Effect, Layer } from "effect"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { hubOfProcesses } from "../apps/hub/test/hubProcesses.ts"
import { startPostgres } from "../packages/core/test/embeddedPostgres.ts"
import { bundle } from "./bundled/bundle.ts"
import { act, type Acted } from "./hub/act.ts"
import { freePort } from "../packages/core/test/freePort.ts"
import type { Told } from "./hub/message.ts"
import { busySeconds, megabytes } from "./hub/processor.ts"
import { settleAll } from "./hub/settle.ts"
import { lostAndTwice, waits } from "./hub/verdict.ts"

const numberOf = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)
const persons = numberOf("HUB_PERSONS", 500)
const like = numberOf("HUB_LIKE", 10_000)
const minutes = numberOf("HUB_MINUTES", 3)
const webhooksADay = 20
/** As many as 10,000 persons with 36 requests a day need: docs/decisions/0026. */
const applications = ["demo-client", "second-client", "third-client", "fourth-client"]
const processesOfHomes = 2

const otherClients = Object.fromEntries(applications.map((id) => [id, "demo-secret"]))
const port = await freePort()
const stateFile = join(mkdtempSync(join(tmpdir(), "hub-bench-")), "cloud.json")
const cloud = (requestsPerMinute: number) =>
  startSimulator({ port, stateFile, requestsPerMinute, persons, years: 0, otherClients, seed: "hub" })

const line = (name: string, value: string): void => console.log(`${name.padEnd(66)} ${value.padStart(16)}`)
const note = (text: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`)

const postgres = await startPostgres(["fsync=on", "max_connections=300"])
const store = await Effect.runPromise(postgres.newDatabase)
const query = <A extends object>(text: string): Promise<ReadonlyArray<A>> =>
  Effect.runPromise(
    Effect.provide(
      Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe<A>(text)),
      Layer.fresh(PgClient.layer({ url: store, maxConnections: 1 })),
    ),
  )
const one = async (text: string): Promise<number> => Number((await query<{ n: number }>(text))[0]?.n ?? 0)

const runnerSource = join(import.meta.dirname, "../apps/hub/test/startRunner.ts")
const homesSource = join(import.meta.dirname, "hub/homes.ts")
const bundled = bundle([runnerSource, homesSource])
const command = [bundled.pathOf(runnerSource)]

// Everyone signs in, without a quota.
let simulator: Simulator = await cloud(1e9)
const names = simulator.persons.map(({ name }) => name)
const hub = await hubOfProcesses({
  store,
  cloudUrl: simulator.url,
  applications,
  command: [...command, "without-quota"],
})
await hub.add()
await hub.add()
const begun = Date.now()
const households = await settleAll(hub.url, names)
note(`${names.length} persons of ${households.length} households have signed in`)
const without = (what: string) => one(`SELECT COUNT(*) AS n FROM person WHERE NOT ${what}`)
const hasHistory = `EXISTS (SELECT 1 FROM sync_cursor
  WHERE person_id = person.id AND feed = 'getmeas' AND history_finished IS NOT NULL)`
while ((await without(hasHistory)) > 0) await sleep(2000)
note("all have their history")
const settling = (Date.now() - begun) / 1000
// A person whose webhooks arrive needs no polls.
const everyone = households.flatMap(({ persons: all }) => all)
for (const person of everyone) await simulator.weigh(person, 59)
const isHeard = "EXISTS (SELECT 1 FROM delivery WHERE person_id = person.id AND heard_at IS NOT NULL)"
while ((await without(isHeard)) > 0 || (await one("SELECT COUNT(*) AS n FROM sync_request")) > 0)
  await sleep(2000)
note("all webhooks are heard")
await Promise.all(hub.forgetRunners().map((runner) => runner.stop()))
await simulator.close()
simulator = await cloud(120)

// With the quota from here on.
hub.useCommand(command)
await hub.add()
await hub.add()
const megabytesOfRunners = () => hub.runners.reduce((sum, { pid }) => sum + megabytes(pid), 0)
await sleep(5000)
const bare = megabytesOfRunners()
const told: Array<Told> = []
const homes = Array.from({ length: processesOfHomes }, (_, index) => {
  const keys = households.filter((_, at) => at % processesOfHomes === index).map(({ key }) => key)
  const started = bundled.start(homesSource, {}, { url: hub.url, keys })
  started.process.on("message", (message) => void told.push(...(message as ReadonlyArray<Told>)))
  return started
})
const following = () => new Set(told.map(({ key }) => key)).size
while (following() < households.length) await sleep(500)
note("all homes follow")

const acted: Array<Acted> = []
const every = 86_400_000 / (webhooksADay * like)
const busy = () => ({
  at: Date.now(),
  runners: hub.runners.reduce((sum, { pid }) => sum + busySeconds(pid), 0),
  database: busySeconds(postgres.pid),
})
/** As many webhooks as there would be, by chance of person and kind. */
const live = async (until: number) => {
  const under: Array<Promise<unknown>> = []
  for (let next = Date.now(); next < until; next += -Math.log(1 - Math.random()) * every) {
    await sleep(Math.max(0, next - Date.now()))
    under.push(act(simulator, households, acted))
  }
  await Promise.all(under)
}

const spentBefore = await one("SELECT SUM(spent) AS n FROM request_budget")
const before = busy()
await live(Date.now() + minutes * 60_000)
await sleep(5000)
const after = busy()
const spent = (await one("SELECT SUM(spent) AS n FROM request_budget")) - spentBefore
const full = megabytesOfRunners()
const peace = acted.length
note("peace is over")

const wall = (after.at - before.at) / 1000
line(`persons, in ${households.length} households, each followed by a home`, String(names.length))
line(`webhooks a minute, as of ${like} persons with ${webhooksADay} a day`, ((peace / wall) * 60).toFixed(0))
line("requests a minute, of 320 that four applications may send", ((spent / wall) * 60).toFixed(0))
const inPeace = waits(households, acted.slice(0, peace), told)
line("weigh-in: from the cloud to the home, p50 / p99", `${inPeace.weight.p50} / ${inPeace.weight.p99} ms`)
line("bed: from the cloud to the home, p50 / p99", `${inPeace.bed.p50} / ${inPeace.bed.p99} ms`)
const share = (seconds: number) => `${((seconds / wall) * 100).toFixed(1)} %`
line("two runners, of one processor", share(after.runners - before.runners))
line("PostgreSQL, of one processor", share(after.database - before.database))
line("two runners' memory, bare and with all", `${bare.toFixed(0)} / ${full.toFixed(0)} MB`)
line("  for a thousand persons", `${(((full - bare) / names.length) * 1000).toFixed(0)} MB`)
const size = await one("SELECT pg_database_size(current_database()) AS n")
const measures = await one("SELECT COUNT(*) AS n FROM measure")
line("database", `${(size / 1e6).toFixed(0)} MB`)
line("  measures in it", String(measures))
line("first history of all, without a quota", `${settling.toFixed(0)} s`)

const trouble = async (until: number) => {
  const [first, second] = hub.runners
  const step = Math.max(20_000, (until - Date.now()) / 5)
  const steps: ReadonlyArray<() => Promise<unknown>> = [
    async () => {
      await first?.kill()
      await first?.start()
    },
    () => hub.add(),
    async () => {
      second?.freeze()
      await sleep(30_000)
      second?.thaw()
    },
    () =>
      Effect.runPromise(
        postgres.administer(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'household%'",
        ),
      ),
    async () => {
      await first?.stop()
      await first?.start()
    },
  ]
  const under: Array<Promise<unknown>> = []
  for (const each of steps) {
    under.push(each())
    await sleep(step)
  }
  await Promise.all(under)
}
const end = Date.now() + Math.max(minutes * 60_000, 100_000)
await Promise.all([live(end), trouble(end)])
note("trouble is over")
// Nobody lost their sign-in: everyone weighs themselves once more, with a token that has to be refreshed.
for (const person of everyone) {
  await simulator.faults.expireToken(person)
  await act(simulator, households, acted, { person, kind: "weight" })
}
const settled = Date.now() + 240_000
while (Date.now() < settled && lostAndTwice(households, acted, told).lost.length > 0) {
  note(`not told yet: ${lostAndTwice(households, acted, told).lost.length}`)
  await sleep(5000)
}
const { lost, twice } = lostAndTwice(households, acted, told)
const inTrouble = waits(households, acted.slice(peace), told)
line("a kill, a new runner, 30 s frozen, all connections cut, SIGTERM:", "")
line("  weigh-in, p50 / p99", `${inTrouble.weight.p50} / ${inTrouble.weight.p99} ms`)
line(
  "  weigh-ins / lost / told twice",
  `${acted.filter(({ kind }) => kind === "weight").length} / ${lost.length} / ${twice.length}`,
)
const signedOut = await one("SELECT COUNT(*) AS n FROM person WHERE state <> 'signed-in'")
line("  sign-ins lost", String(signedOut))

for (const { process: child } of homes) child.kill()
await hub.close()
await simulator.close()
await postgres.close()
bundled.remove()
process.exit(lost.length + twice.length + signedOut > 0 ? 1 : 0)
