import { execFileSync, fork, type ChildProcess } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"

const options = ["--bundle", "--platform=node", "--format=esm", "--conditions=@withings-bridge/source"]
/** As scripts/bundle.mjs. */
const nodeHttp = join(import.meta.dirname, "../../scripts/nodeHttp.cjs")
const aliases = [`--alias:node:http=${nodeHttp}`, `--alias:http=${nodeHttp}`]
/** Another name, since a source in the bundle may import `createRequire`, too. */
const banner =
  'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url)'

export interface Started {
  readonly process: ChildProcess
  /** Its next message. */
  readonly answer: <A>() => Promise<A>
}

/**
 * Bundles each source like the apps: with tsx, memory and start time would include the compiler. Removing the bundle also
 * removes what the processes wrote to temporary folders.
 */
export const bundle = (sources: ReadonlyArray<string>) => {
  const folder = mkdtempSync(join(tmpdir(), "bench-"))
  const target = [
    "--minify-whitespace",
    "--out-extension:.js=.mjs",
    "--entry-names=[name]",
    `--outdir=${folder}`,
  ]
  execFileSync("esbuild", [
    ...sources,
    ...options,
    ...aliases,
    ...target,
    `--banner:js=${banner}`,
    "--log-level=warning",
  ])

  const pathOf = (source: string) => join(folder, basename(source).replace(/\.ts$/, ".mjs"))
  const start = (
    source: string,
    { args = [], flags = [], env = {} }: StartOptions = {},
    message?: object,
  ): Started => {
    const child = fork(pathOf(source), [...args], {
      execArgv: [...flags],
      env: { ...process.env, ...env, TMPDIR: folder },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    })
    if (message !== undefined) child.send(message)
    const answer = <A>() =>
      new Promise<A>((resolve, reject) => {
        child.once("message", (message) => resolve(message as A))
        child.once("exit", (code) => reject(new Error(`${source} ended with ${code}`)))
      })
    return { process: child, answer }
  }
  return { start, pathOf, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

interface StartOptions {
  readonly args?: ReadonlyArray<string>
  readonly flags?: ReadonlyArray<string>
  readonly env?: Readonly<Record<string, string>>
}
