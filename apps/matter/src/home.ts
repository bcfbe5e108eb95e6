import { type Access, countShown, type Home, type ShownAs } from "@withings-bridge/core"
import { Effect } from "effect"
import { loadMatter } from "./loadMatter.ts"
import type { Pairing } from "./pairing.ts"
import type { MatterDevice, Plan } from "./Plan.ts"
import { readSettings, type Settings, table } from "./settings.ts"
import { toMatter } from "./toMatter.ts"

const shapes: Readonly<Record<MatterDevice, ShownAs>> = {
  "occupancy-sensor": "presence",
  "generic-switch": "button",
  "temperature-sensor": "sensor",
  "air-quality-sensor": "sensor",
  "contact-sensor": "contact",
  health: "health",
}

const accessOf = ({ fabrics, manualPairingCode, qrPairingCode }: Pairing): Access => ({
  address: null,
  pairing: {
    qr: qrPairingCode,
    code: manualPairingCode,
    controllers: fabrics.map(({ label, vendor }) => (label === "" ? vendor : `${vendor} (${label})`)),
  },
})

/** The Matter bridge as a home among others. matter.js is loaded only when it runs. */
export const matter: Home<Settings, Plan> = {
  name: "matter",
  title: "Matter",
  about: "The Matter bridge, for any Matter controller",
  settings: { table, read: readSettings },
  ports: ({ port }) => [
    {
      port,
      protocol: "udp",
      remedy:
        "Stop that program, or choose another port (matter: port in config.yaml); Alexa finds bridges on 5540 only.",
    },
  ],
  keeps: ["matter"],
  plan: (household, { choices }) => toMatter(household, choices),
  shows: ({ id }, { choices }, household) =>
    countShown(
      toMatter(household, choices)
        .endpoints.filter((endpoint) => endpoint.id.startsWith(`${id}-`))
        .flatMap(({ device, live }) => ["powerSource" in live ? ["battery" as const] : [], shapes[device]])
        .flat(),
    ),
  run: (settings, host) =>
    Effect.flatMap(Effect.promise(loadMatter), ({ runMatter }) =>
      runMatter(settings, (pairing) => host.show(accessOf(pairing))),
    ),
}
