import process from "node:process"
import { Command, Options } from "@effect/cli"
import { consolePart, hasPassword, newPassword, ticketLink } from "@withings-bridge/console"
import { ConfigError, openHome, reachableAddress, readPart } from "@withings-bridge/core"
import { Clock, Effect } from "effect"
import { openBrowser } from "../signIn/openBrowser.ts"
import { answer } from "../terminal/answer.ts"
import { bold, cyan } from "../terminal/style.ts"
import { home, json } from "./home.ts"

const noBrowser = Options.boolean("no-browser").pipe(Options.withDescription("Only print the link"))

const renew = Options.boolean("new-password").pipe(
  Options.withDescription("Make a new password, for browsers on other machines"),
)

const passwordText = (password: string | null, home: string) => {
  if (password !== null) return `Password for other machines, shown only once: ${bold(password)}`
  return hasPassword(home)
    ? "Other machines need the password; `withings-bridge console --new-password` makes a new one."
    : "For other machines make a password: `withings-bridge console --new-password`."
}

/** Prints a link that signs in once. Whoever can read the home folder may have it. */
export const openConsole = Command.make(
  "console",
  { home, json, noBrowser, renew },
  ({ home, json, noBrowser, renew }) =>
    Effect.gen(function* () {
      yield* openHome(home)
      const { mistakes, settings } = readPart(consolePart([]), { folder: home, env: process.env })
      if (mistakes.length > 0) return yield* new ConfigError({ mistakes })
      const { host, port, publicUrl } = settings
      const link = ticketLink(home, publicUrl ?? reachableAddress(host, port), yield* Clock.currentTimeMillis)
      const password = renew ? yield* newPassword(home) : null
      if (!noBrowser && !json && process.stdout.isTTY) yield* openBrowser(link)
      yield* answer(json, { link, password }, () =>
        [
          "This link opens the console once, without a password, within 12 hours:",
          "",
          `  ${cyan(link)}`,
          "",
          passwordText(password, home),
        ].join("\n"),
      )
    }),
)
