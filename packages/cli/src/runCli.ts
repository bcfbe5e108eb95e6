import process from "node:process"
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Effect, Exit, Layer } from "effect"
import { homes } from "@withings-bridge/homes"
import { cli } from "./command/cli.ts"
import { exitCodeOf, interrupted } from "./terminal/exitCode.ts"
import { reportFailure } from "./terminal/reportFailure.ts"
import { warningLog } from "./terminal/warningLog.ts"

/** The exit code that shells report for SIGPIPE. */
const closedPipe = 141

// A closed terminal, or the end of the script that started this process, ends it like Ctrl-C.
const endInOrder = () => process.kill(process.pid, "SIGTERM")
process.once("SIGHUP", endInOrder)
if (process.channel) {
  process.once("disconnect", endInOrder)
  process.channel.unref()
}

// The reader has closed the pipe, as `head` does. Child processes end with this one.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error
  process.exit(closedPipe)
})

cli(process.argv, homes).pipe(
  Effect.tapErrorCause(reportFailure),
  Effect.provide(Layer.merge(NodeContext.layer, warningLog)),
  NodeRuntime.runMain({
    disableErrorReporting: true,
    disablePrettyLogger: true,
    teardown: (exit, onExit) => {
      if (Exit.isSuccess(exit)) return onExit(Number(process.exitCode ?? 0))
      const code = exitCodeOf(exit.cause, process.argv[2])
      // Begin a new line after "^C". Commands that run until Ctrl-C print one themselves.
      if (process.stderr.isTTY && code === interrupted) process.stderr.write("\n")
      onExit(code)
    },
  }),
)
