import { fork, type ChildProcess } from "node:child_process"
import { createWriteStream } from "node:fs"
import process from "node:process"
import { createInterface } from "node:readline"
import { stripVTControlCharacters } from "node:util"
import { Deferred, Effect, type Scope } from "effect"

/** How long a process may take to end before it is killed. */
const graceMs = 2_000
const keptLines = 5

export interface AppOptions {
  /** Names its log: `<logs>/<name>.log`. */
  readonly name: string
  readonly title: string
  readonly script: string
  readonly args: ReadonlyArray<string>
  readonly env: Readonly<Record<string, string>>
  /** Folder of its log. */
  readonly logs: string
  /** Gets each line of standard error, without colours. */
  readonly onError: (line: string) => void
}

export interface AppProcess {
  readonly title: string
  /** Path of the log. */
  readonly log: string
  /** Done once the process has sent "ready". */
  readonly ready: Deferred.Deferred<void>
  /** Done once the process has ended: "code 1" or "signal SIGKILL". */
  readonly ended: Deferred.Deferred<string>
  readonly lastLines: () => ReadonlyArray<string>
}

/**
 * Loaded before the script. The channel to the parent closes when the parent ends, even when it was killed; then this
 * process ends, too.
 */
const endWithParent = `data:text/javascript,${encodeURIComponent(`
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM")
    setTimeout(() => process.kill(process.pid, "SIGKILL"), ${graceMs}).unref()
  })
  process.channel?.unref()
`)}`

const signalGroup = (child: ChildProcess, signal: NodeJS.Signals) => {
  if (child.pid === undefined) return
  try {
    // The group, so that children of the process end with it.
    process.kill(-child.pid, signal)
  } catch {
    // The group has ended already.
  }
}

const stop = (child: ChildProcess, ended: Deferred.Deferred<string>) =>
  Effect.sync(() => signalGroup(child, "SIGTERM")).pipe(
    Effect.zipRight(Effect.timeoutOption(Effect.interruptible(Deferred.await(ended)), graceMs)),
    Effect.zipRight(Effect.sync(() => signalGroup(child, "SIGKILL"))),
  )

/** Writes every line to the log and keeps the last ones. */
const keepLines = (child: ChildProcess, log: string, { onError }: AppOptions) => {
  const lines: Array<string> = []
  const file = createWriteStream(log, { flags: "a" })
  const keep = (onLine: (line: string) => void) => (raw: string) => {
    const line = stripVTControlCharacters(raw)
    file.write(`${line}\n`)
    lines.push(line)
    if (lines.length > keptLines) lines.shift()
    onLine(line)
  }
  if (child.stdout)
    createInterface({ input: child.stdout }).on(
      "line",
      keep(() => {}),
    )
  if (child.stderr) createInterface({ input: child.stderr }).on("line", keep(onError))
  child.once("close", () => file.end())
  return lines
}

/** Starts a script in a process that lives as long as the scope, and never longer than this one. */
export const startApp = (options: AppOptions): Effect.Effect<AppProcess, never, Scope.Scope> =>
  Effect.gen(function* () {
    const ready = yield* Deferred.make<void>()
    const ended = yield* Deferred.make<string>()
    const log = `${options.logs}/${options.name}.log`
    const child = yield* Effect.acquireRelease(
      Effect.sync(() =>
        fork(options.script, options.args, {
          detached: true,
          env: { ...process.env, ...options.env },
          execArgv: ["--import", endWithParent],
          stdio: ["ignore", "pipe", "pipe", "ipc"],
        }),
      ),
      (child) => stop(child, ended),
    )
    const lines = keepLines(child, log, options)
    const end = (how: string) => Deferred.unsafeDone(ended, Effect.succeed(how))
    child.on("message", (message) => {
      if (message === "ready") Deferred.unsafeDone(ready, Effect.void)
    })
    child.once("error", (error) => end(error.message))
    // "close", not "exit": its last lines, which say why, come in between.
    child.once("close", (code, signal) => end(signal === null ? `code ${code}` : `signal ${signal}`))
    return { title: options.title, log, ready, ended, lastLines: () => lines }
  })
