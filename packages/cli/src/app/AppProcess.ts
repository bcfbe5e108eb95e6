import { spawn, type ChildProcess } from "node:child_process"
import { createWriteStream } from "node:fs"
import process from "node:process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { stripVTControlCharacters } from "node:util"
import { Deferred, Effect, type Scope } from "effect"

/** Longest that a process may take to end by itself; then it is ended. */
const graceMs = 2_000
const keptLines = 200
/** Milliseconds from the end of a process to when nothing more is expected of its lines. */
const lastLinesWithin = 500

export interface AppOptions {
  /** Names its log: `<logs>/<name>.log`. */
  readonly name: string
  readonly title: string
  /** Node's own flags, script and arguments, for this same Node. */
  readonly command: ReadonlyArray<string>
  readonly env: Readonly<Record<string, string>>
  /** Folder of its log; null: none is kept. */
  readonly logs: string | null
  /** Told each line, without colours. */
  readonly onLine: (app: AppProcess, line: string, isError: boolean) => void
}

export interface AppProcess {
  readonly title: string
  /** Path; empty when none is kept. */
  readonly log: string
  readonly pid: number | undefined
  /** "code 1" or "signal SIGKILL", once it has ended. */
  readonly ended: Deferred.Deferred<string>
  readonly lastLines: (count: number) => ReadonlyArray<string>
}

/** Beside the bundle of this file: see `leash.ts`. */
const leash = fileURLToPath(new URL("./leash.js", import.meta.url))

/** One arena of the C library for all of V8's threads: several hold some 15 MB more, each for nothing. */
const ownArena = { MALLOC_ARENA_MAX: "1" }

const signalGroup = (child: ChildProcess, signal: NodeJS.Signals) => {
  if (child.pid === undefined) return
  try {
    // The group, so that what the process itself started ends with it.
    process.kill(-child.pid, signal)
  } catch {
    // Nothing is left of the group: what was wanted.
  }
}

const stop = (child: ChildProcess, ended: Deferred.Deferred<string>) =>
  Effect.sync(() => signalGroup(child, "SIGTERM")).pipe(
    Effect.zipRight(Effect.timeoutOption(Effect.interruptible(Deferred.await(ended)), graceMs)),
    Effect.zipRight(Effect.sync(() => signalGroup(child, "SIGKILL"))),
  )

/** Writes every line to the log, keeps the last ones, and tells each. */
const readLines = (child: ChildProcess, app: AppProcess, kept: Array<string>, { onLine }: AppOptions) => {
  const file = app.log === "" ? null : createWriteStream(app.log, { flags: "a" })
  const keep = (isError: boolean) => (raw: string) => {
    const line = stripVTControlCharacters(raw)
    file?.write(`${line}\n`)
    kept.push(line)
    if (kept.length > keptLines) kept.shift()
    onLine(app, line, isError)
  }
  if (child.stdout) createInterface({ input: child.stdout }).on("line", keep(false))
  if (child.stderr) createInterface({ input: child.stderr }).on("line", keep(true))
  child.once("close", () => file?.end())
}

/** Starts a process that lives as long as the scope, and never longer than this one. */
export const startApp = (options: AppOptions): Effect.Effect<AppProcess, never, Scope.Scope> =>
  Effect.gen(function* () {
    const ended = yield* Deferred.make<string>()
    const lines: Array<string> = []
    const log = options.logs === null ? "" : `${options.logs}/${options.name}.log`
    const child = yield* Effect.acquireRelease(
      Effect.sync(() =>
        spawn(process.execPath, ["--import", leash, ...options.command], {
          detached: true,
          env: { ...ownArena, ...process.env, ...options.env },
          stdio: ["pipe", "pipe", "pipe"],
        }),
      ),
      (child) => stop(child, ended),
    )
    const app: AppProcess = {
      title: options.title,
      log,
      pid: child.pid,
      ended,
      lastLines: (count) => lines.slice(-count),
    }
    readLines(child, app, lines, options)
    const end = (how: string) => Deferred.unsafeDone(ended, Effect.succeed(how))
    child.once("error", (error) => end(error.message))
    child.once("exit", (code, signal) => {
      const how = signal === null ? `code ${code}` : `signal ${signal}`
      // Its last lines tell why, unless something that it started holds them back.
      child.once("close", () => end(how))
      setTimeout(end, lastLinesWithin, how).unref()
    })
    return app
  })
