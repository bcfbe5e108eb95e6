import { connect } from "node:net"
import { Deferred, Effect } from "effect"
import { lookUntil } from "./lookUntil.ts"
import type { AppProcess } from "./AppProcess.ts"
import { CommandError } from "../CommandError.ts"

const accepts = (port: number): Effect.Effect<boolean> =>
  Effect.async((resume) => {
    const socket = connect({ port, host: "127.0.0.1" })
    const answer = (accepted: boolean) => {
      socket.destroy()
      resume(Effect.succeed(accepted))
    }
    socket.once("connect", () => answer(true))
    socket.once("error", () => answer(false))
  })

/** Waits until something accepts connections on the port. */
export const waitForPort = (port: number): Effect.Effect<void> =>
  Effect.asVoid(lookUntil(accepts(port), (yes) => yes, "50 millis"))

const patience = "60 seconds"

/** The last lines of a process, which may say why it ended. */
export const lastWords = (app: AppProcess): string =>
  app
    .lastLines()
    .map((line) => `    ${line}`)
    .join("\n")

/** Waits for a process to be ready; fails when it ends before, or after a minute. */
export const readyOrEnded = <A, E, R>(app: AppProcess, ready: Effect.Effect<A, E, R>) =>
  ready.pipe(
    Effect.raceFirst(
      Deferred.await(app.ended).pipe(
        Effect.flatMap(
          (how) =>
            new CommandError(
              "app-not-started",
              `${app.title} ended while it started (${how}). Its last lines:\n${lastWords(app)}`,
            ),
        ),
      ),
    ),
    Effect.timeoutFail({
      duration: patience,
      onTimeout: () =>
        new CommandError("app-not-started", `${app.title} was not ready within a minute: see ${app.log}.`),
    }),
  )
