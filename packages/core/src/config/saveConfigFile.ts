import { Effect } from "effect"
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseDocument } from "yaml"
import { ConfigError } from "./ConfigError.ts"
import type { SettingValues } from "./settings.ts"

/** The file with these settings changed and all else kept: comments, order, what other sections hold. */
export const withSettings = (content: string, changes: SettingValues): string => {
  const document = parseDocument(content)
  for (const [key, value] of Object.entries(changes)) document.setIn(["withings", ...key.split(".")], value)
  return document.toString()
}

/** Changes settings in the `config.yaml` of a home folder. Written beside and moved, so that no reader sees half of it. */
export const saveConfigFile = (home: string, changes: SettingValues): Effect.Effect<void, ConfigError> => {
  const path = join(home, "config.yaml")
  return Effect.try({
    try: () => {
      const content = existsSync(path) ? readFileSync(path, "utf8") : ""
      writeFileSync(`${path}.new`, withSettings(content, changes), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    },
    catch: (cause) =>
      ConfigError.one(path, "the file", cause instanceof Error ? cause.message : String(cause), {
        wanted: "a file that this user may write to",
      }),
  })
}
