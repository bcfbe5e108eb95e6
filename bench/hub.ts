/**
 * A hub of runners as processes, on a PostgreSQL with fsync, before a simulated cloud with real quotas
 * and with homes that follow it: how long a weigh-in and a bed take from the cloud to the home, what processor time and
 * memory persons cost, how large the database is; then the same while runners are killed, frozen, cut off and added.
 *
 * Persons sign in without a quota; then cloud and runners start again with it. HUB_PERSONS (500) live two and three to
 * a household, and get as many webhooks as HUB_LIKE persons do (10000, each 20 a day), for HUB_MINUTES (3) in peace
 * and as long in trouble. Of HUB_HOMES (20) households a home follows; what happens, happens to them as well as to the
 * others. At last all runners are stopped, everyone weighs themselves unheard, and the hub catches up.
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
const followed = numberOf("HUB_HOMES", 20)
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
const command = ["--expose-gc", bundled.pathOf(runnerSource)]

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
const all = await settleAll(hub.url, names)
note(`${names.length} persons of ${all.length} households have signed in`)
const households = all.slice(0, followed)
const without = (what: string) => one(`SELECT COUNT(*) AS n FROM person WHERE NOT ${what}`)
const hasHistory = `EXISTS (SELECT 1 FROM sync_cursor
  WHERE person_id = person.id AND feed = 'getmeas' AND history_finished IS NOT NULL)`
while ((await without(hasHistory)) > 0) await sleep(2000)
note("all have their history")
const settling = (Date.now() - begun) / 1000
// A person whose webhooks arrive needs no polls.
const everyone = all.flatMap(({ persons: own }) => own)
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
/** After a garbage collection. */
const megabytesOfRunners = async () => {
  for (const { pid } of hub.runners) process.kill(pid, "SIGUSR2")
  await sleep(3000)
  return hub.runners.reduce((sum, { pid }) => sum + megabytes(pid), 0)
}
await sleep(5000)
const bare = await megabytesOfRunners()
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
    under.push(act(simulator, all, acted))
  }
  await Promise.all(under)
}

const spentBefore = await one("SELECT SUM(spent) AS n FROM request_budget")
const before = busy()
await live(Date.now() + minutes * 60_000)
await sleep(5000)
const after = busy()
const spent = (await one("SELECT SUM(spent) AS n FROM request_budget")) - spentBefore
const full = await megabytesOfRunners()
const peace = acted.length
note("peace is over")

const wall = (after.at - before.at) / 1000
line(
  `persons, in ${all.length} households, ${households.length} of which a home follows`,
  String(names.length),
)
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
  await act(simulator, all, acted, { person, kind: "weight" })
}
const outcome = async () => {
  const rows = await query<{ grp: string }>("SELECT DISTINCT grp FROM measure WHERE kind = 'weight'")
  return lostAndTwice(households, { acted, told, stored: new Set(rows.map(({ grp }) => ` getmeas:${grp}`)) })
}
const settled = Date.now() + 240_000
while (Date.now() < settled && (await outcome()).lost.length > 0) {
  note(`not told yet: ${(await outcome()).lost.length}`)
  await sleep(5000)
}
const { lost, twice } = await outcome()
const inTrouble = waits(households, acted.slice(peace), told)
line("a kill, a new runner, 30 s frozen, all connections cut, SIGTERM:", "")
line("  weigh-in, p50 / p99", `${inTrouble.weight.p50} / ${inTrouble.weight.p99} ms`)
line(
  "  weigh-ins / lost / told twice",
  `${acted.filter(({ kind }) => kind === "weight").length} / ${lost.length} / ${twice.length}`,
)
const signedOut = await one("SELECT COUNT(*) AS n FROM person WHERE state <> 'signed-in'")
line("  sign-ins lost", String(signedOut))

// Nobody hears webhooks for an hour, or so the heartbeat says; Withings' repeats do not help.
await Promise.all(hub.runners.map((runner) => runner.stop()))
await simulator.faults.loseWebhook(1e9)
for (const person of everyone) await simulator.weigh(person, 77)
await query("UPDATE hub_heartbeat SET beat_at = beat_at - 3600")
const back = Date.now()
await Promise.all(hub.runners.map((runner) => runner.start()))
const secondsUntil = async (rest: string) => {
  while ((await one(`SELECT COUNT(*) AS n FROM sync_request WHERE not_before > 0 ${rest}`)) > 0)
    await sleep(500)
  return ((Date.now() - back) / 1000).toFixed(0)
}
while ((await one("SELECT COUNT(*) AS n FROM sync_request WHERE not_before > 0")) === 0) await sleep(100)
line("after an hour's outage: all measures read", `${await secondsUntil("AND feed = 'getmeas'")} s`)
const weighed = await one(
  "SELECT COUNT(*) AS n FROM person WHERE EXISTS (SELECT 1 FROM measure WHERE person_id = person.id AND value = 77)",
)
line("  of persons, whose weigh-in of that hour is there", `${weighed} of ${everyone.length}`)
line("  and nights, days and workouts", `${await secondsUntil("")} s`)
const most = await one("SELECT MAX(n) AS n FROM (SELECT COUNT(*) AS n FROM person GROUP BY client_id) AS one")
line("  by 60 requests a minute for each application", `${most} / ${most * 4} s`)

for (const { process: child } of homes) child.kill()
await hub.close()
await simulator.close()
await postgres.close()
bundled.remove()
process.exit(lost.length + twice.length + signedOut > 0 || weighed < everyone.length ? 1 : 0)
