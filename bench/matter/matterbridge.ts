import { spawn, spawnSync } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { stripVTControlCharacters } from "node:util"
import { eventually } from "../../apps/matter/test/controller.ts"

const version = "3.9.4"

/**
 * Installs the usual Matter bridge for Node, outside this workspace, since it brings its own matter.js. Null, with a
 * message, where npm cannot install it.
 */
export const installMatterbridge = (): string | null => {
  // It finds its web page only in a global install.
  const folder = join(tmpdir(), `bench-matterbridge-${version}`)
  const { status, stderr } = spawnSync(
    "npm",
    ["install", "--global", "--prefix", folder, "--no-audit", "--no-fund", `matterbridge@${version}`],
    { encoding: "utf8" },
  )
  if (status === 0) return join(folder, "lib", "node_modules", "matterbridge", "bin", "matterbridge.js")
  const lines = stderr.trim().split("\n")
  console.log(`matterbridge ${version} could not be installed and is left out: ${lines.at(-1)}`)
  return null
}

/** Waits until it says that it is ready, which includes a pause of a second by its own log. */
export const startMatterbridge = async (script: string, port: number) => {
  const begun = performance.now()
  const home = mkdtempSync(join(tmpdir(), "bench-matterbridge-home-"))
  const words = ["--bridge", "--homedir", home, "--profile", "bench", "--port", String(port)]
  const child = spawn(process.execPath, [script, ...words, "--frontend", "8299", "--novirtual", "--nosudo"], {
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()))
  const exited = new Promise((resolve) => child.once("exit", resolve))
  await eventually("matterbridge", () =>
    /Server node for Matterbridge is online/.test(stripVTControlCharacters(output)),
  )
  return {
    after: performance.now() - begun,
    pid: child.pid,
    stop: async () => {
      child.kill("SIGKILL")
      await exited
    },
  }
}
