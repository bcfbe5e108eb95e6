import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { startSimulator } from "@withings-bridge/simulator"
import { HomebridgeProcess, pin } from "../../apps/homebridge/test/HomebridgeProcess.ts"
import { installPacked } from "../../apps/homebridge/test/packedPlugin.ts"
import { SettingsDialog } from "../../apps/homebridge/test/SettingsDialog.ts"
import { freePort } from "../../packages/core/test/freePort.ts"
import type { Witness } from "../Witness.ts"

/** Home Assistant's HomeKit controller. It gets the address, since mDNS would find other bridges, too. */
export const aiohomekit: Witness = {
  name: "aiohomekit",
  about:
    "Home Assistant's HomeKit controller, against the plugin in a real Homebridge, installed from its tarball: pairing, every characteristic beside its own description, one event for each act.",
  folder: "homekit",
  oldestPython: [3, 11],
  hindrance: () => null,
  run: async (python) => {
    const folder = await mkdtemp(path.join(tmpdir(), "witness-"))
    const simulator = await startSimulator({ years: 1, requestsPerMinute: 10_000 })
    const plugin = await installPacked(path.join(folder, "installed"))
    const port = await freePort()
    const webhookPort = await freePort()
    const person = simulator.persons[0]?.name ?? ""
    const platform = {
      platform: "Withings",
      name: "Withings",
      clientId: simulator.clientId,
      clientSecret: simulator.clientSecret,
      accountUrl: simulator.url,
      apiUrl: simulator.url,
      webhook: { publicUrl: `http://127.0.0.1:${webhookPort}`, port: webhookPort },
      values: "all",
    }
    const storage = path.join(folder, "storage")
    const homebridge = await HomebridgeProcess.start({ storage, plugin, platforms: [platform], port })
    const dialog = await SettingsDialog.open(plugin, storage, platform)
    try {
      await dialog.connect(person)
      return await python({ port, pin, adminUrl: simulator.adminUrl, person })
    } finally {
      await dialog.close()
      await homebridge.stop()
      await simulator.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}
