import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { configSection } from "../config/configFile.ts"
import type { Part, PartSources, ReadPart } from "./Home.ts"

/** Reads the settings of a part from `config.yaml` of the home folder and the environment. */
export const readPart = <Settings>(
  part: Pick<Part<Settings>, "name" | "settings">,
  { env, flags = {}, folder }: Omit<PartSources, "file">,
): ReadPart<Settings> => part.settings.read({ folder, env, flags, file: sectionIn(folder, part.name) })

const sectionIn = (folder: string, name: string) => {
  const path = join(folder, "config.yaml")
  try {
    return configSection(path, existsSync(path) ? readFileSync(path, "utf8") : "", name)
  } catch {
    // Core says why the file cannot be read.
    return configSection(path, "", name)
  }
}
