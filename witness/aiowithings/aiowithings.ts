import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startSimulator } from "@withings-bridge/simulator"
import type { Witness } from "../Witness.ts"

/** Home Assistant's client. It has https and the host names built in, so we replace its resolver and its trusted authorities. */
export const aiowithings: Witness = {
  name: "aiowithings",
  about:
    "The client of Home Assistant's Withings integration, against the simulator with `--tls`: every call, every parsed field beside the JSON it was parsed from, the calls that Home Assistant makes, webhooks.",
  folder: "aiowithings",
  oldestPython: [3, 11],
  hindrance: () => null,
  run: async (python) => {
    const folder = mkdtempSync(join(tmpdir(), "witness-"))
    const authority = join(folder, "authority.pem")
    const simulator = await startSimulator({
      tls: true,
      persons: 4,
      time: "2026-03-01T12:00:00Z",
      requestsPerMinute: 100_000,
    })
    try {
      writeFileSync(authority, simulator.certificateAuthority ?? "")
      return await python({
        authority,
        port: Number(new URL(simulator.url).port),
        adminUrl: simulator.adminUrl,
        now: Math.floor(simulator.now() / 1000),
        clientId: simulator.clientId,
        clientSecret: simulator.clientSecret,
        persons: simulator.persons.map(({ name, userid }) => ({ name, userid })),
      })
    } finally {
      await simulator.close()
      rmSync(folder, { recursive: true })
    }
  },
}
