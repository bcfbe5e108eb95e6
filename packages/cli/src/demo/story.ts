import { networkInterfaces } from "node:os"
import { ticketLink } from "@withings-bridge/console"
import { Console, Effect } from "effect"
import { bold, cyan, dim, green, wrap, yellow } from "../terminal/style.ts"
import type { AppProcess } from "../app/AppProcess.ts"
import { shortPath } from "../app/shortPath.ts"
import type { DemoPlace } from "./AppStarter.ts"
import { demoCommand, isClone } from "./calledAs.ts"

/** An app that is up, and where it writes what it does. */
export const runs = ({ log, title }: AppProcess): Effect.Effect<void> => done(`${title} runs`, shortPath(log))

/** What the demo tells on the screen, apart from progress and codes. */
export const banner = (home: string): Effect.Effect<void> =>
  Console.log(
    [
      "",
      bold("Withings Bridge"),
      wrap(
        "A made-up household with a simulated Withings account, shown by " +
          `${isClone ? "a real Homebridge, " : ""}a Matter bridge and a Gladys bridge. No account needed.`,
      ),
      dim("Everything is kept in this folder; remove it to begin anew:"),
      dim(`  ${shortPath(home)}`),
      "",
    ].join("\n"),
  )

export const done = (what: string, detail = ""): Effect.Effect<void> =>
  Console.log(`${green("✓")} ${what.padEnd(30)} ${dim(detail)}`.trimEnd())

export const note = (what: string): Effect.Effect<void> =>
  Console.log(`${yellow("!")} ${wrap(what, 78, "  ").trimStart()}`)

/** Phones find bridges by multicast, which a machine without a network has not. */
export const noteMissingNetwork: Effect.Effect<void> = Effect.suspend(() =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal))
    ? Effect.void
    : note("No network connection: the demo runs, but phones cannot reach the bridges."),
)

const command = (text: string) => cyan(text)

/** "every minute", "every 15 s". */
const pace = (every: number) => (every === 60 ? "every minute" : `every ${every} s`)

export const whatToTry = (
  { home, settings }: DemoPlace,
  firstPerson: string,
  every: number,
  codes: string,
): Effect.Effect<void> => {
  const gladys = `http://127.0.0.1:${settings.ports.gladys}`
  const console = ticketLink(home, `http://127.0.0.1:${settings.ports.console}`, Date.now())
  return Console.log(
    [
      "",
      `  ${bold("Console")}  ${dim("people, charts, devices, codes; this link opens it:")}`,
      `  ${command(console)}`,
      "",
      `  ${bold("Gladys")}   ${gladys}/docs`,
      `  ${command(`curl -H "Authorization: Bearer $(cat ${shortPath(home)}/gladys/api-key)" ${gladys}/api/v1/device`)}`,
      "",
      `  ${bold("Codes")}    ${codes}`,
      "",
      `${bold("Now try")} in a second terminal, in this folder:`,
      `  ${command(demoCommand(home, "weigh", firstPerson, "72.4"))}`,
      `  ${command(demoCommand(home, "bed-in", firstPerson))}`,
      dim("  and bed-out, blood-pressure, temperature, walk: ") + command(demoCommand(home, "--help")),
      dim(`  or push the buttons on http://127.0.0.1:${settings.ports.simulatorAdmin}`),
      "",
      wrap(
        (every === 0 ? "" : `Something happens here ${pace(every)}. `) +
          "The times tell when each app had told its home; Apple Home gathers news for up to 250 ms more. Ctrl-C stops everything and keeps pairings and history for the next start.",
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
