import { Command } from "@effect/cli"
import type { Home } from "@withings-bridge/core"
import { HashMap } from "effect"
import { flagsOf } from "../app/parts.ts"
import { backup, restore } from "./backup.ts"
import { checkConfig } from "./checkConfig.ts"
import { connect } from "./connect.ts"
import { openConsole } from "./console.ts"
import { demo } from "./demo.ts"
import { devices } from "./devices.ts"
import { doctor } from "./doctor.ts"
import { exportMeasures } from "./export.ts"
import { health } from "./health.ts"
import { init } from "./init.ts"
import { key } from "./key.ts"
import { measures } from "./measures.ts"
import { people } from "./people.ts"
import { forgetHistory, remove } from "./remove.ts"
import { reset } from "./reset.ts"
import { rules } from "./rules.ts"
import { run } from "./run.ts"
import { service } from "./service.ts"
import { status } from "./status.ts"
import { sync } from "./sync.ts"
import { webhook } from "./webhook.ts"
import { weighings } from "./weighings.ts"

/** Describes a command in the overview, its help, its completion and docs/cli.md. */
interface About {
  /** "connect [PERSON]". */
  readonly usage: string
  /** One sentence without a full stop, at most 55 characters: the overview is 80 columns wide. */
  readonly summary: string
  /** Shown in its help. */
  readonly example?: string
  /** Markdown, only in docs/cli.md. */
  readonly more?: string
}

const row = <Name extends string, R, E, A>(command: Command.Command<Name, R, E, A>, about: About) => {
  const { example, summary, usage } = about
  const description = example === undefined ? summary : `${summary}: ${example}`
  const [name = ""] = usage.split(" ")
  // @effect/cli lists a command without subcommands as its own subcommand.
  const below = [...HashMap.keys(Command.getSubcommands(command))].filter((other) => other !== name)
  return { ...about, name, below, command: Command.withDescription(command, description) }
}

const begin = (homes: ReadonlyArray<Home>) =>
  [
    row(init, {
      usage: "init",
      summary: "Ask for client id and secret, write config.yaml",
      more: "Shows the callback URL to register",
    }),
    row(checkConfig(homes), {
      usage: "check-config",
      summary: "List every mistake in config.yaml and the environment",
      more: "Each with its line, what was found and what is wanted. Accepts the block of Home Assistant's old documentation, too, and lists unknown sections",
    }),
    row(connect, {
      usage: "connect [PERSON]",
      summary: "Sign a person in with Withings; once for each",
      example: "connect Ann",
      more: "Prints the address to open and waits for you to come back; or paste the address you landed on",
    }),
    row(demo(homes), {
      usage: "demo",
      summary: "Try everything with made-up persons, without an account",
      more: "Shows it in all homes. From a second terminal, `demo weigh Ann 94.6` and similar commands make something happen",
    }),
  ] as const

const look = (homes: ReadonlyArray<Home>) =>
  [
    row(people, { usage: "people", summary: "Who is signed in, and the state of each sync" }),
    row(devices, {
      usage: "devices",
      summary: "Each person's devices and what they show now",
      more: 'Lists the values that homes show ([`values`](settings.md)), with `--all` every value. `devices leave-out "Body+ Ann"` shows a device in no home, `devices add "Body+ Ann"` shows it again',
    }),
    row(measures, {
      usage: "measures PERSON KIND",
      summary: "One kind of measure over time",
      example: "measures Ann weight",
      more: "Draws a small graph: `measures Ann weight --since 2026-01-01`. Without KIND it lists those that homes show, with `--all` every kind; without PERSON it is the first person",
    }),
    row(rules, {
      usage: "rules",
      summary: "The state of each rule, and how often it held",
      more: "Counted over the last 90 days; see [rules](rules.md)",
    }),
    row(weighings, {
      usage: "weighings",
      summary: "Weighings that Withings could not attribute",
      more: "Shows [who they may be](several-people.md); `--all` lists the assigned ones too. `weighings assign 3f2a91c0 Ann` (or `nobody`) says whose one is",
    }),
    row(status, { usage: "status", summary: "Persons, first history and apps at a glance" }),
    row(doctor(homes), {
      usage: "doctor",
      summary: "Find what is wrong, and what to do about it",
      more: "Looks at the folder and its rights, the key, the clock, the store, Withings, the ports, multicast, the webhook address and who syncs; each ✗ comes with what to do",
    }),
    row(health, {
      usage: "health",
      summary: "Whether data flows, for a supervisor",
      more: "Exits with 0 if it does, otherwise with 1 and the reason. The console answers the same on `/ready`, and `/health` as long as it runs, both without a session",
    }),
  ] as const

const operate = (homes: ReadonlyArray<Home>) =>
  [
    row(sync, {
      usage: "sync",
      summary: "Fetch new data from Withings now",
      more: "The first time, the whole history; `--full` reads everything again",
    }),
    row(run(homes), {
      usage: "run",
      summary: `Run any of ${flagsOf(homes)}`,
      example: "run --matter --console",
      more: "Apple Home runs in Homebridge",
    }),
    row(openConsole, {
      usage: "console",
      summary: "Open the web console, or make a new password for it",
      more: "`--no-browser` only prints the link, `--new-password` makes a password for browsers on other machines; see [the console](console.md)",
    }),
    row(webhook, {
      usage: "webhook [ADDRESS]",
      summary: "Get and test a public address, for data within seconds",
      more: "With an address it is tested and kept; see [webhooks](webhooks.md)",
    }),
    row(service(homes), {
      usage: "service install",
      summary: "Run the apps in the background, also after a restart",
      more: "As a service of this user: systemd, launchd or Windows. `--print` only shows it",
    }),
  ] as const

const keep = (homes: ReadonlyArray<Home>) =>
  [
    row(exportMeasures, {
      usage: "export",
      summary: "All measures as CSV, JSON lines or FHIR",
      example: "export --format csv > measures.csv",
    }),
    row(backup, {
      usage: "backup FILE",
      summary: "Write everything to one encrypted file, while apps run",
      example: "backup bridge.backup",
      more: "See [backup](backup.md)",
    }),
    row(restore, {
      usage: "restore FILE",
      summary: "Restore a backup into an empty home folder",
      example: "restore bridge.backup",
    }),
    row(remove, {
      usage: "remove PERSON",
      summary: "Sign someone out and take them out of every home",
      more: "Their history is kept unless you add `--history`",
    }),
    row(forgetHistory, {
      usage: "forget-history PERSON",
      summary: "Delete one person's local history and nothing else",
      more: "With `--read-again` it is then read from Withings again",
    }),
    row(key, {
      usage: "key rotate",
      summary: "Change the key that seals the sign-ins",
      more: "Apps may go on running; `key new` replaces a lost key",
    }),
    row(reset(homes), {
      usage: "reset",
      summary: "Remove sign-ins and the local history",
      more: "Asks first; Withings' own data is not touched. `--all`: also the key, `config.yaml` and what each home and the console keep",
    }),
  ] as const

/** Every command, in the order a new person needs them. */
export const commandTable = (homes: ReadonlyArray<Home>) => ({
  Begin: begin(homes),
  Look: look(homes),
  Run: operate(homes),
  Keep: keep(homes),
})
