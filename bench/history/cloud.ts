/** The simulated cloud, in a process of its own, so that neither its memory nor its time is the bridge's. */
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
