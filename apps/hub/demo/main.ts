// npm start -- --hub: two households on a hub of two runners, over a PostgreSQL of their own, and a home for each.
import type { HouseholdChange } from "@withings-bridge/core"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect } from "effect"
import { startPostgres } from "../../../packages/core/test/embeddedPostgres.ts"
import { follow, joinBy, startRunners } from "../test/hubParts.ts"

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

const postgres = await startPostgres()
const store = await Effect.runPromise(postgres.newDatabase)
const simulator = await startSimulator({ years: 0 })
const runners = await startRunners(store, simulator)
const [one, other] = runners
say(`\nA hub of two runners: ${one.url} and ${other.url} (what it answers: ${one.url}/openapi.json)`)

const stops: Array<() => Promise<void>> = []
for (const { name } of simulator.persons) {
  const { key } = await joinBy({ create: one.url, join: other.url }, simulator, name)
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
say(
  `Someone steps on the scale every 15 seconds. More can be done at ${simulator.adminUrl}. Ctrl-C ends it.\n`,
)

let weighIns = 0
const weighing = setInterval(() => {
  const { name = "" } = simulator.persons[weighIns % simulator.persons.length] ?? {}
  void simulator.weigh(name, 70 + (weighIns++ % 30) / 10)
}, 15_000)

process.once("SIGINT", async () => {
  clearInterval(weighing)
  for (const stop of stops) await stop()
  for (const each of runners) await each.stop()
  await simulator.close()
  await postgres.close()
  process.exit(0)
})
