import { networkInterfaces } from "node:os"
import { Console, Effect } from "effect"
import { bold, cyan, dim, green, wrap, yellow } from "../terminal/style.ts"
import { shortPath } from "../app/shortPath.ts"
import { portOf, type DemoPlace } from "./DemoPlace.ts"
import { demoCommand, isClone } from "./calledAs.ts"
import type { StartedPart } from "./startParts.ts"

export const banner = (home: string, parts: ReadonlyArray<string>): Effect.Effect<void> =>
  Console.log(
    [
      "",
      bold("Withings Bridge"),
      wrap(
        "A made-up household with a simulated Withings account, shown by " +
          `${[...(isClone ? ["a real Homebridge"] : []), ...parts].join(", ")}. No account needed.`,
      ),
      dim("Everything is kept in this folder; remove it to start over:"),
      dim(`  ${shortPath(home)}`),
      "",
    ].join("\n"),
  )

export const done = (what: string, detail = ""): Effect.Effect<void> =>
  Console.log(`${green("✓")} ${what.padEnd(30)} ${dim(detail)}`.trimEnd())

export const note = (what: string): Effect.Effect<void> =>
  Console.log(`${yellow("!")} ${wrap(what, 78, "  ").trimStart()}`)

/** Phones find bridges by multicast, which needs a network. */
export const noteMissingNetwork: Effect.Effect<void> = Effect.suspend(() =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal))
    ? Effect.void
    : note("No network connection: the demo runs, but phones cannot reach the bridges."),
)

/** "every minute", "every 15 s". */
const pace = (every: number) => (every === 60 ? "every minute" : `every ${every} s`)

/** The addresses for a browser; the console's link opens it once without a password. */
const addresses = (home: string, parts: ReadonlyArray<StartedPart>): ReadonlyArray<string> =>
  parts.flatMap(({ access: { address, privateAddress }, name, title }) => {
    const open = privateAddress ?? address
    if (open === null) return []
    const curl = `curl -H "Authorization: Bearer $(cat ${shortPath(home)}/gladys/api-key)" ${new URL(open).origin}/api/v1/device`
    return [
      "",
      `  ${bold(title.padEnd(8))} ${privateAddress === undefined ? "" : dim("this link opens it:")}`.trimEnd(),
      `  ${cyan(open)}`,
      ...(name === "gladys" ? [`  ${cyan(curl)}`] : []),
    ]
  })

export interface Tryable {
  readonly parts: ReadonlyArray<StartedPart>
  readonly person: string
  /** Seconds between two things that happen by themselves. */
  readonly every: number
  readonly codes: string
}

export const whatToTry = (
  place: DemoPlace,
  { codes, every, parts, person }: Tryable,
): Effect.Effect<void> => {
  const { home } = place
  return Console.log(
    [
      ...addresses(home, parts),
      "",
      `  ${bold("Codes")}    ${codes}`,
      "",
      `${bold("Now try")} in a second terminal, in this folder:`,
      `  ${cyan(demoCommand(home, "weigh", person, "94.6"))}`,
      `  ${cyan(demoCommand(home, "bed-in", person))}`,
      dim("  and bed-out, blood-pressure, temperature, walk: ") + cyan(demoCommand(home, "--help")),
      dim(`  or push the buttons on http://127.0.0.1:${portOf(place, "simulatorAdmin")}`),
      "",
      wrap(
        (every === 0 ? "" : `Something happens here ${pace(every)}. `) +
          "The times are how long each app took to update its home; Apple Home collects changes for up to 250 ms more. Ctrl-C stops everything and keeps pairings and history for the next start.",
      ),
      "",
    ].join("\n"),
  )
}

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" })

/** "14:03:12  Ann weighs 72.4 kg           Apple Home 310 ms  Matter 305 ms  …". */
export const happened = (what: string, arrivals: string): Effect.Effect<void> => {
  const isWide = "09:30:00 ".length + Math.max(what.length, 21) + 1 + arrivals.length > 80
  const between = isWide ? `\n${" ".repeat(9)}` : " ".repeat(Math.max(1, 22 - what.length))
  return Console.log(`${dim(clock.format())} ${what}${between}${green(arrivals)}`)
}
