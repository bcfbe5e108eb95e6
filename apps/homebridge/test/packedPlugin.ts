import { execFile } from "node:child_process"
import { mkdir, readdir, writeFile } from "node:fs/promises"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

const run = promisify(execFile)
const root = fileURLToPath(new URL("../", import.meta.url))
const pnpm = fileURLToPath(new URL("../../../node_modules/.bin/pnpm", import.meta.url))

/** What npm's own settings of this machine would change is left out: a user has none of it. */
const bare = (): NodeJS.ProcessEnv => {
  const entries = Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_/i.test(name))
  return Object.fromEntries(entries)
}

/**
 * Packs the built plugin as for the registry and installs the tarball with plain npm into an empty folder.
 * Answers the folder of the installed plugin.
 */
export const installPacked = async (folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true })
  // As `pnpm release` does: unlike npm it adds the licence of the repository.
  await run(pnpm, ["pack", "--pack-destination", folder], { cwd: root, env: bare() })
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"))
  if (tarball === undefined) throw new Error("pnpm packed nothing")
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true }))
  const install = ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`]
  await run("npm", install, { cwd: folder, env: bare() })
  return path.join(folder, "node_modules", "homebridge-withings")
}
