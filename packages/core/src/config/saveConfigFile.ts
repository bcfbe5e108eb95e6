import { Effect } from "effect"
import { join } from "node:path"
import { parseDocument } from "yaml"
import { readIfThere, writeWhole } from "../wholeFile.ts"
import { ConfigError } from "./ConfigError.ts"
import type { SettingValues } from "./settings.ts"

/** The file with these settings changed; comments, order and other sections are preserved. */
export const withSettings = (content: string, changes: SettingValues): string => {
  const document = parseDocument(content)
  for (const [key, value] of Object.entries(changes)) document.setIn(["withings", ...key.split(".")], value)
  return document.toString()
}

/** Changes settings in the `config.yaml` of a home folder. */
export const saveConfigFile = (home: string, changes: SettingValues): Effect.Effect<void, ConfigError> =>
  editConfigFile(home, (content) => Effect.sync(() => withSettings(content, changes)))

/** Changes the `config.yaml` of a home folder. */
export const editConfigFile = <E>(
  home: string,
  change: (content: string) => Effect.Effect<string, E>,
): Effect.Effect<void, E | ConfigError> => {
  const path = join(home, "config.yaml")
  const failed = ConfigError.ofFile(path, "a file that this user may write to")
  return Effect.gen(function* () {
    const content = yield* Effect.try({ try: () => readIfThere(path) ?? "", catch: failed })
    const [broken] = parseDocument(content).errors
    if (broken !== undefined)
      return yield* ConfigError.one(path, "the file", broken.message.split(/ at line|\n/)[0] ?? "", {
        wanted: "YAML, before it can be changed here",
      })
    const changed = yield* change(content)
    yield* Effect.try({ try: () => writeWhole(path, changed), catch: failed })
  })
}
