import { accessSync, constants } from "node:fs"
import { delimiter, join } from "node:path"
import { ways, type Tool } from "./ways.ts"

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The programs that are on the PATH or in a folder of system services. */
export const installedTools = (path: string): ReadonlySet<Tool> => {
  const folders = [...path.split(delimiter), "/usr/sbin", "/usr/local/sbin"].filter(Boolean)
  const suffix = process.platform === "win32" ? ".exe" : ""
  return new Set(
    ways
      .map(({ tool }) => tool)
      .filter((tool) => folders.some((folder) => isProgram(join(folder, tool + suffix)))),
  )
}
