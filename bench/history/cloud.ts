/** The simulated cloud, in a separate process, so that its memory and time do not count for the bridge. */
import { startSimulator } from "@withings-bridge/simulator"
import type { Cloud } from "./message.ts"

const [persons = "4", years = "10"] = process.argv.slice(2)
const simulator = await startSimulator({
  persons: Number(persons),
  years: Number(years),
  requestsPerMinute: Infinity,
})
const cloud: Cloud = { url: simulator.url, names: simulator.persons.map(({ name }) => name) }
process.send?.(cloud)
