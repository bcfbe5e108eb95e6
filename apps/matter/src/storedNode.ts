import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs"
import { join } from "node:path"

/** Files of matter.js in a node's folder that are no JSON. */
const notJson = /^(matter\.(lock|pid)|.*\.tmp)$/

/**
 * Moves every damaged file of matter.js' storage aside (a power loss, a full disk) and answers the new paths. matter.js
 * would ignore and overwrite such a file: a silent reset.
 */
export const keepDamagedAside = (folder: string, nodeId: string, stamp: string): ReadonlyArray<string> => {
  const stored = join(folder, nodeId)
  if (!existsSync(stored)) return []
  const damaged = readdirSync(stored, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && !notJson.test(entry.name) && !isJson(join(stored, entry.name)),
  )
  if (damaged.length === 0) return []
  const aside = join(folder, `damaged-${stamp}`)
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  return damaged.map(({ name }) => {
    renameSync(join(stored, name), join(aside, name))
    return join(aside, name)
  })
}

const isJson = (file: string) => {
  try {
    JSON.parse(readFileSync(file, "utf8"))
    return true
  } catch {
    return false
  }
}
