import { Effect } from "effect"
import { type ChildProcess, spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { apiKeyFile } from "../src/apiKeyFile.ts"
import { testKey } from "./asking.ts"
import { atTestTime } from "../../../packages/simulator/test/householdClock.ts"

const folder = fileURLToPath(new URL("..", import.meta.url))

const dockerfile = readFileSync(join(folder, "Dockerfile"), "utf8")

/** As the image starts it. */
export const shippedFlags = [...dockerfile.matchAll(/"(--[^"]+)"/g)].map(([, flag]) => flag ?? "")
export const shippedEnvironment = Object.fromEntries(
  [...dockerfile.matchAll(/(MALLOC_\w+)=(\d+)/g)].map(([, name, value]) => [name ?? "", value ?? ""]),
)

/** The app as it is shipped: its bundle in a process of its own. */
export interface GladysApp {
  readonly process: ChildProcess
  readonly url: string
  /** All that it printed. */
  readonly printed: () => string
  /** Ends it by a signal; answers its exit code and how many milliseconds it took. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<{ readonly code: number | null; readonly took: number }>
}

const bundle = join(folder, "dist", "main.js")

export const temporaryHome = Effect.acquireRelease(
  Effect.promise(async () => {
    const home = join(await mkdtemp(join(tmpdir(), "gladys-")), "home")
    await mkdir(join(home, "gladys"), { recursive: true, mode: 0o700 })
    await writeFile(apiKeyFile(home), testKey, { mode: 0o600 })
    return home
  }),
  (home) => Effect.promise(() => rm(join(home, ".."), { recursive: true, force: true })),
)

export const spawnApp = (
  env: Readonly<Record<string, string>>,
  args: ReadonlyArray<string> = ["--port", "0"],
  node: ReadonlyArray<string> = [],
  cwd: string = folder,
): GladysApp => {
  const child = spawn(process.execPath, [...node, bundle, ...args], {
    cwd,
    env: { PATH: process.env["PATH"], ...atTestTime(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let text = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += String(chunk)))
  return {
    process: child,
    get url() {
      return /http:\/\/\S+:\d+/.exec(text)?.[0] ?? ""
    },
    printed: () => text,
    stop: (signal = "SIGTERM") =>
      new Promise((resolve) => {
        const started = performance.now()
        const done = (code: number | null) => resolve({ code, took: performance.now() - started })
        if (child.exitCode !== null || child.signalCode !== null) return done(child.exitCode)
        child.once("exit", done)
        child.kill(signal)
      }),
  }
}

/** Runs it as long as the scope is open. */
export const runApp = (...given: Parameters<typeof spawnApp>) =>
  Effect.acquireRelease(
    Effect.sync(() => spawnApp(...given)),
    (app) => Effect.promise(() => app.stop("SIGKILL")),
  )
