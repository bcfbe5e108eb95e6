// The console as a process of its own; its options come as JSON. Without any, it is the console of the home folder.
import { homedir } from "node:os"
import { join } from "node:path"
import process from "node:process"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { firstPassword, hostConsole, isLoopback, type ConsoleOptions } from "@withings-bridge/console"
import { appLog } from "@withings-bridge/core"
import { Console, Effect } from "effect"
import { reachableAddress } from "./app/reachableAddress.ts"
import { CommandError } from "./CommandError.ts"
import { reportFailure } from "./terminal/reportFailure.ts"

const { WITHINGS_BRIDGE_HOME, WITHINGS_CONSOLE_HOST, WITHINGS_CONSOLE_PORT } = process.env

const options: ConsoleOptions = {
  home: WITHINGS_BRIDGE_HOME ?? join(homedir(), ".withings-bridge"),
  host: WITHINGS_CONSOLE_HOST ?? "127.0.0.1",
  port: Number(WITHINGS_CONSOLE_PORT ?? 7332),
  ...JSON.parse(process.argv[2] ?? "{}"),
}

/** Beyond this machine only a password opens it; whoever starts it the first time is told. */
const greeting = Effect.gen(function* () {
  yield* Console.log(`The console of Withings Bridge: ${reachableAddress(options.host, options.port)}`)
  if (isLoopback(options.host)) return
  const password = yield* firstPassword(options.home)
  yield* Console.log(
    password === null
      ? `Its password was shown at its first start. For a new one, delete ${join(options.home, "console.json")}.`
      : `Its password, shown only now: ${password}`,
  )
})

const codeOf = (cause: unknown) =>
  typeof cause === "object" && cause !== null && "code" in cause ? cause.code : null

const { host, port } = options

const whyNot = (cause: unknown): string => {
  switch (codeOf(cause)) {
    case "EADDRINUSE":
      return `Something else listens on ${host}:${port} already, perhaps another console (\`withings-bridge doctor\` tells): end that, or choose another port with WITHINGS_CONSOLE_PORT.`
    case "EACCES":
      return `This user may not listen on ${host}:${port}: choose a port above 1023 with WITHINGS_CONSOLE_PORT.`
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `This machine has no address ${host}: choose one with WITHINGS_CONSOLE_HOST.`
    default:
      return `The console cannot listen on ${host}:${port}: ${cause instanceof Error ? cause.message : cause}`
  }
}

const aPort = Effect.filterOrFail(
  Effect.succeed(port),
  (port) => Number.isInteger(port) && port >= 0 && port <= 65_535,
  () =>
    new CommandError({
      message: `WITHINGS_CONSOLE_PORT is "${WITHINGS_CONSOLE_PORT}": a port, 0 to 65535, is wanted.`,
    }),
)

aPort.pipe(
  Effect.zipRight(hostConsole({ ...options, onListening: greeting })),
  Effect.catchTag("ServeError", ({ cause }) => Effect.fail(new CommandError({ message: whyNot(cause) }))),
  Effect.tapErrorCause(reportFailure),
  Effect.provide(appLog),
  NodeRuntime.runMain({ disableErrorReporting: true, disablePrettyLogger: true }),
)
