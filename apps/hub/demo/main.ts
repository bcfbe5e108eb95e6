// npm start -- --hub: two households on a hub of two runners, over a PostgreSQL of their own, and a home for each.
import type { HouseholdChange } from "@withings-bridge/core"
import { type Simulator, startSimulator } from "@withings-bridge/simulator"
import { Effect } from "effect"
import { startPostgres } from "../../../packages/core/test/embeddedPostgres.ts"
import { follow, joinBy, type Runner, startRunners } from "../test/hubParts.ts"

const say = (text: string) => void process.stdout.write(`${text}\n`)

/** What a home shows of a person in one line. */
const line = ({ household }: HouseholdChange): string => {
  const shown = ["weight", "in-bed", "steps"].flatMap((wanted) => {
    const features = household.descriptors.flatMap(({ features }) => features)
    const reading = features.find(({ key }) => key === wanted)?.reading
    return reading === undefined || reading === null ? [] : [`${wanted} ${String(reading.value)}`]
  })
  const names = household.persons.map(({ name }) => name).join(", ")
  return `${names}: ${household.descriptors.length} devices; ${shown.join(", ") || "no values yet"}`
}

/** What was started, in this order; each is stopped before what it needs. */
const stops: Array<() => Promise<void>> = []

const startHub = async () => {
  const postgres = await startPostgres()
  stops.push(postgres.close)
  const store = await Effect.runPromise(postgres.newDatabase)
  const simulator = await startSimulator({ years: 0 })
  stops.push(simulator.close)
  const runners = await startRunners(store, simulator)
  stops.push(...runners.map(({ stop }) => stop))
  return { runners, simulator }
}

const startHome = async ([one, other]: readonly [Runner, Runner], name: string) => {
  const { key } = await joinBy({ create: one.url, join: other.url }, name)
  const home = follow(other.url, key)
  let before = ""
  home.onChange((change) => {
    const now = line(change)
    if (now !== before) say(`${new Date().toLocaleTimeString()}  ${now}`)
    before = now
  })
  await home.start()
  stops.push(home.stop)
  say(`${name} joined by an invitation, and a home follows.`)
}

const weighEveryone = ({ persons, weigh }: Simulator) => {
  let weighIns = 0
  const weighing = setInterval(() => {
    const { name = "" } = persons[weighIns % persons.length] ?? {}
    void weigh(name, 70 + (weighIns++ % 30) / 10)
  }, 15_000)
  stops.push(async () => clearInterval(weighing))
}

const start = async () => {
  const { runners, simulator } = await startHub()
  const [{ url }, other] = runners
  say(`\nA hub of two runners: ${url} and ${other.url} (what it answers: ${url}/openapi.json)`)
  for (const { name } of simulator.persons) await startHome(runners, name)
  weighEveryone(simulator)
  say(
    `Someone steps on the scale every 15 seconds. More can be done at ${simulator.adminUrl}. Ctrl-C ends it.\n`,
  )
}

/** Milliseconds. */
const stopWithin = 10_000

const stop = async (status: number) => {
  setTimeout(() => process.exit(status), stopWithin).unref()
  for (const each of stops.toReversed()) await each()
  process.exit(status)
}

let stopping = false
const started = start()
for (const signal of ["SIGINT", "SIGTERM", "disconnect"])
  process.on(signal, () => {
    if (!stopping) void started.then(() => stop(0))
    stopping = true
  })
started.catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`)
  return stop(1)
})
