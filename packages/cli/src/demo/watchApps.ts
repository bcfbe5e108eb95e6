import { Console, Deferred, Effect, Queue } from "effect"
import type { AppProcess } from "../app/AppProcess.ts"
import { lastWords } from "../app/ready.ts"
import { wrap, yellow } from "../terminal/style.ts"
import { note } from "./story.ts"

export interface Warning {
  readonly app: AppProcess
  readonly line: string
}

/** The apps and matter.js name the level in the line, Homebridge writes warnings to standard error. */
export const isWarning = (app: string, line: string, isError: boolean): boolean =>
  /\b(?:WARN|ERROR|FATAL)\b|^[\d:]{8} (?:Warning|Error): /u.test(line) || (isError && app === "homebridge")

/** Numbers differ in lines that say the same: times, ports, process ids. */
const gist = (line: string) => line.replaceAll(/\d+/gu, "")

/** Shows each warning once: an app that repeats itself must not push everything else off the screen. */
export const showWarnings = (warnings: Queue.Dequeue<Warning>): Effect.Effect<never> => {
  const shown = new Set<string>()
  return Queue.take(warnings).pipe(
    Effect.flatMap(({ app, line }) => {
      if (shown.has(gist(line))) return Effect.void
      shown.add(gist(line))
      return note(`${app.title} warns: ${line.trim().slice(0, 300)} (log: ${app.log})`)
    }),
    Effect.forever,
  )
}

/** Tells when an app ends that should go on. */
export const tellWhenEnded = (app: AppProcess): Effect.Effect<void> =>
  Deferred.await(app.ended).pipe(
    Effect.flatMap((how) =>
      Console.log(
        `${yellow("!")} ${wrap(`${app.title} ended (${how}); the others go on. Its last lines, from ${app.log}:`, 78, "  ").trimStart()}\n${lastWords(app)}`,
      ),
    ),
  )
