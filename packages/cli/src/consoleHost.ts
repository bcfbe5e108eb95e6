// The console as a process of its own; its options come as JSON. Without any, it is the console of the home folder.
import { homedir } from "node:os"
import { join } from "node:path"
import process from "node:process"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { consoleSettings, hostConsole, ticketLink, type ConsoleOptions } from "@withings-bridge/console"
import { appLog, listenFailure } from "@withings-bridge/core"
import { Console, Effect } from "effect"
import { reachableAddress } from "./app/reachableAddress.ts"
import { CommandError } from "./CommandError.ts"
import { reportFailure } from "./terminal/reportFailure.ts"

const given: Partial<ConsoleOptions> = JSON.parse(process.argv[2] ?? "{}")
const home = given.home ?? process.env["WITHINGS_BRIDGE_HOME"] ?? join(homedir(), ".withings-bridge")

/** The link signs in, so it goes to a terminal only, never into the journal of a service. */
const greeting = ({ home, host, port, publicUrl }: ConsoleOptions) =>
  Effect.gen(function* () {
    const address = reachableAddress(host, port)
    yield* Console.log(`The console of Withings Bridge: ${address}`)
    if (process.stdout.isTTY)
      yield* Console.log(`Open it here: ${ticketLink(home, publicUrl ?? address, Date.now())}`)
  })

const whyNot = (cause: unknown, { host, port }: ConsoleOptions): string =>
  listenFailure(cause, {
    what: "The console",
    host,
    port,
    remedy: "choose another host or port under `console:` in config.yaml",
  })

Effect.gen(function* () {
  const options: ConsoleOptions = { home, ...(yield* consoleSettings(home, process.env)), ...given }
  return yield* Effect.catchTag(
    hostConsole({ ...options, onListening: greeting(options) }),
    "ServeError",
    ({ cause }) => new CommandError({ code: "port-taken", message: whyNot(cause, options) }),
  )
}).pipe(
  Effect.tapErrorCause(reportFailure),
  Effect.provide(appLog),
  NodeRuntime.runMain({ disableErrorReporting: true, disablePrettyLogger: true }),
)
