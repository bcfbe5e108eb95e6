import { partsOf } from "../../packages/cli/src/app/parts.ts"
import { table as backup } from "../../packages/cli/src/backup/backupSettings.ts"
import { settings, type SettingsTable } from "../../packages/core/src/config/settings.ts"
import { homes } from "../../packages/homes/src/index.ts"

const entries = Object.entries<SettingsTable[string]>(settings)
const isOfHub = ([key]: readonly [string, unknown]) => key.startsWith("hub.")

/** The sections of `config.yaml` with a table, and their guides. */
export const sections: ReadonlyArray<{
  readonly name: string
  readonly guide: string | null
  readonly table: SettingsTable
}> = [
  { name: "withings", guide: null, table: Object.fromEntries(entries.filter((entry) => !isOfHub(entry))) },
  {
    name: "hub",
    guide: "hub.md",
    table: Object.fromEntries(
      entries.filter(isOfHub).map(([key, setting]) => [key.slice("hub.".length), setting]),
    ),
  },
  ...partsOf(homes)
    .filter(({ settings }) => Object.keys(settings.table).length > 0)
    .map(({ name, settings }) => ({ name, guide: `${name}.md`, table: settings.table })),
  { name: "backup", guide: "backup.md", table: backup },
]
