// The console as a process of its own; its options come as JSON. Without any, it is the console of the home folder.
import { homedir } from "node:os"
import { join } from "node:path"
import process from "node:process"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { hostConsole, type ConsoleOptions } from "@withings-bridge/console"
import { Console, Effect } from "effect"
import { reportFailure } from "./terminal/reportFailure.ts"

const options: ConsoleOptions = {
  home: process.env["WITHINGS_BRIDGE_HOME"] ?? join(homedir(), ".withings-bridge"),
  host: "127.0.0.1",
  port: 7332,
  ...JSON.parse(process.argv[2] ?? "{}"),
}

Console.log(`The console of Withings Bridge: http://${options.host}:${options.port}`).pipe(
  Effect.zipRight(hostConsole(options)),
  Effect.tapErrorCause(reportFailure),
  NodeRuntime.runMain({ disableErrorReporting: true }),
)
