import { realpathSync } from "node:fs"
import { delimiter, join } from "node:path"

/** Folders of a version manager or a checkout, which are gone after the next update. */
const passing = /node_modules|fnm_multishells|\/\.nvm\/|\/\.volta\/tools\/|\/Cellar\//u

const realPath = (path: string): string | null => {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}

export interface PersistentNode {
  readonly path: string
  /** Whether an update of Node may remove it. */
  readonly mayVanish: boolean
}

/**
 * The most durable path of this Node: a link on the PATH that survives an update (`/usr/bin/node`,
 * `/opt/homebrew/bin/node`), else the program itself.
 */
export const persistentNode = (path: string, execPath: string): PersistentNode => {
  const real = realPath(execPath) ?? execPath
  const lasting = path
    .split(delimiter)
    .filter((folder) => folder !== "" && !passing.test(folder))
    .map((folder) => join(folder, process.platform === "win32" ? "node.exe" : "node"))
    .find((candidate) => realPath(candidate) === real)
  return lasting === undefined
    ? { path: real, mayVanish: passing.test(real) }
    : { path: lasting, mayVanish: false }
}
