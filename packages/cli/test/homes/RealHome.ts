import { spawn } from "node:child_process"
import { createInterface } from "node:readline"

/** What this household has in every home: a rule, a bed, and buttons. */
export type Thing = "heavy" | "bed" | "weighed" | "went to bed" | "got up" | "night" | "goal"

/** A change that a controller got, with its time in this process. */
export interface Told {
  readonly thing: Thing
  /** 1 or 0; null for a press. */
  readonly value: number | null
  /** Milliseconds of `performance.now()`. */
  readonly at: number
}

/** A home with a real controller, which outlives restarts of the app. */
export interface RealHome {
  readonly name: string
  readonly told: ReadonlyArray<Told>
  /** Starts the app, pairs it the first time, and waits until the controller sees it. */
  readonly start: (environment: Record<string, string>) => Promise<void>
  /** Stops the app. */
  readonly stop: () => Promise<void>
  /** What the controller reads now; null: unknown. */
  readonly state: (thing: "heavy" | "bed") => Promise<number | null>
  /** Closes the controller, too. */
  readonly close: () => Promise<void>
}

/** How many presses a home got. */
export const presses = ({ told }: RealHome, thing: Thing): number =>
  told.filter((each) => each.thing === thing && each.value === null).length

/** When a home got a change to this value, after `since`. */
export const toldAt = (
  { told }: RealHome,
  change: { readonly thing: Thing; readonly value: number; readonly since: number },
): number | undefined =>
  told.find(({ at, thing, value }) => at > change.since && thing === change.thing && value === change.value)
    ?.at

/** A Node process that prints lines of JSON. */
export const printing = (
  args: ReadonlyArray<string>,
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
) => {
  const child = spawn(process.execPath, [...args], { env, stdio: ["pipe", "pipe", "pipe"] })
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()))
  const output: Array<string> = []
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      output.push(line)
      onLine(line)
    })
  return {
    output,
    say: (line: string) => child.stdin.write(`${line}\n`),
    end: async () => {
      child.stdin.end()
      child.kill("SIGTERM")
      await ended
    },
    hasEnded: () => child.exitCode !== null,
  }
}

/** Milliseconds. Subscriptions to webhooks wait for the first history, which takes minutes on a busy machine. */
const patience = 280_000

/** Waits until `is` holds; fails with `what` when it never does. */
export const eventually = async (what: () => string, is: () => boolean | Promise<boolean>): Promise<void> => {
  const end = performance.now() + patience
  while (!(await is())) {
    if (performance.now() > end) throw new Error(`Waited ${patience / 1000} s in vain for ${what()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
