// The simulated Withings cloud as a separate process, so that everything reaches it like the real one.
import process from "node:process"
import { startSimulator, type SimulatorOptions } from "@withings-bridge/simulator"

const options: SimulatorOptions = JSON.parse(process.argv[2] ?? "{}")

try {
  const simulator = await startSimulator(options)
  const end = () => {
    void simulator.close().finally(() => process.exit(0))
  }
  process.once("SIGTERM", end)
  process.once("SIGINT", end)
  process.send?.("ready")
} catch (error) {
  process.stderr.write(`ERROR ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
