import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { BridgeConfig, readPart, sharedSettings, type Part } from "@withings-bridge/core"
import { homes } from "@withings-bridge/homes"
import { Effect } from "effect"
import { afterAll, expect, it } from "vitest"
import { partsOf } from "../src/app/parts.ts"
import { backupSettings, table as backupTable } from "../src/backup/backupSettings.ts"

const home = mkdtempSync(join(tmpdir(), "withings-usual-"))
afterAll(() => rmSync(home, { recursive: true }))

/** The rows of a table whose default the guide gives as a value: `300`. */
const usualOf = (table: Readonly<Record<string, object>>) =>
  Object.entries(table).flatMap(([key, row]) => {
    const [, value] = /^`([^`]+)`/u.exec("usual" in row ? String(row.usual) : "") ?? []
    return value === undefined ? [] : [{ key, value }]
  })

/** A section of one key, `webhook.port` in its group. */
const sectionOf = (name: string, { key, value }: { readonly key: string; readonly value: string }) => {
  const [group = "", inner] = key.split(".")
  return `${name}:\n  ${inner === undefined ? `${group}: ${value}` : `${group}: { ${inner}: ${value} }`}\n`
}

const withConfig = async <A>(text: string, read: () => A | Promise<A>): Promise<A> => {
  writeFileSync(join(home, "config.yaml"), text, { mode: 0o600 })
  return read()
}

/** Without it, the other settings of webhooks have no effect. */
const env = { WITHINGS_WEBHOOK_PUBLIC_URL: "https://home.example" }

it.each(usualOf(sharedSettings))("without $key every app behaves as with $value", async (row) => {
  const load = () => Effect.runPromise(BridgeConfig.loadWith({ home, env }))
  expect(await withConfig(sectionOf("withings", row), load)).toEqual(await withConfig("", load))
})

const ofParts = partsOf(homes).flatMap((part: Part) =>
  usualOf(part.settings.table).map((row) => ({ part, name: part.name, ...row })),
)

it.each(ofParts)("without $name: $key it behaves as with $value", async ({ part, ...row }) => {
  const read = () => readPart(part, { folder: home, env: {} })
  expect(await withConfig(sectionOf(part.name, row), read)).toEqual(await withConfig("", read))
})

it.each(usualOf(backupTable))("without backup: $key it behaves as with $value", async ({ key, value }) => {
  const needed = "backup:\n  folder: /backups\n  passphrase_file: /passphrase\n"
  const read = () => Effect.runSync(backupSettings(home, {}))
  expect(await withConfig(`${needed}  ${key}: ${value}\n`, read)).toEqual(await withConfig(needed, read))
})
