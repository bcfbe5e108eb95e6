import { startSimulator } from "@withings-bridge/simulator"
import type { Witness } from "../Witness.ts"

/** Its last release is from 2022 and knows neither new models nor new kinds of data: only what still works is checked. */
export const withingsApi: Witness = {
  name: "withings-api",
  about:
    "The Python client that most scripts use, against the simulator. Its last release is of 2022; a call whose answer it cannot read because its own lists are closed is named, and is no fault of ours.",
  folder: "withings_api",
  oldestPython: [3, 11],
  hindrance: () => null,
  run: async (python) => {
    const simulator = await startSimulator({ time: "2026-03-01T12:00:00Z", requestsPerMinute: 100_000 })
    try {
      return await python({
        url: simulator.url,
        now: Math.floor(simulator.now() / 1000),
        clientId: simulator.clientId,
        clientSecret: simulator.clientSecret,
        person: simulator.persons[0]?.name,
      })
    } finally {
      await simulator.close()
    }
  },
}
