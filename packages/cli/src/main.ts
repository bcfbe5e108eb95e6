#!/usr/bin/env node
import process from "node:process"
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Effect, Exit, Layer } from "effect"
import { cli } from "./command/cli.ts"
import { exitCodeOf, leavesLineOpen } from "./terminal/exitCode.ts"
import { reportFailure } from "./terminal/reportFailure.ts"
import { warningLog } from "./terminal/warningLog.ts"

// A closed terminal, or the script that started this being killed, ends it as Ctrl-C does.
const endInOrder = () => process.kill(process.pid, "SIGTERM")
process.once("SIGHUP", endInOrder)
if (process.channel) {
  process.once("disconnect", endInOrder)
  process.channel.unref()
}

cli(process.argv).pipe(
  Effect.tapErrorCause(reportFailure),
  Effect.provide(Layer.merge(NodeContext.layer, warningLog)),
  NodeRuntime.runMain({
    disableErrorReporting: true,
    disablePrettyLogger: true,
    teardown: (exit, onExit) => {
      if (Exit.isSuccess(exit)) return onExit(Number(process.exitCode ?? 0))
      if (process.stderr.isTTY && leavesLineOpen(exit.cause, process.argv[2])) process.stderr.write("\n")
      onExit(exitCodeOf(exit.cause, process.argv[2]))
    },
  }),
)
