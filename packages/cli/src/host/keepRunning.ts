import { Clock, Deferred, Effect } from "effect"
import { startApp } from "../app/AppProcess.ts"
import { CommandError } from "../CommandError.ts"
import { readAppLine, type HostedName } from "./appLine.ts"
import { titles, type Tell } from "./HostEvent.ts"

/** Seconds before an app that ended is started again: doubled each time, until it ran long enough to trust it. */
const [shortest, longest, trusted] = [1, 60, 60]

export interface HostedApp {
  readonly name: HostedName
  readonly command: ReadonlyArray<string>
  readonly env: Readonly<Record<string, string>>
}

/** One life of the app; it ends with the scope, or by itself. */
const live = ({ command, env, name }: HostedApp, again: boolean, tell: Tell) =>
  Effect.gen(function* () {
    const startedAt = yield* Clock.currentTimeMillis
    let wasReady = false
    const process = yield* startApp({
      name,
      title: titles[name],
      command,
      env,
      logs: null,
      onLine: (_, line) => {
        const told = readAppLine(line)
        if (told?.type === "ready") {
          wasReady = true
          tell({ app: name, again, ...told })
        } else if (told !== null) tell({ app: name, ...told })
      },
    })
    const how = yield* Deferred.await(process.ended)
    return { how, wasReady, seconds: ((yield* Clock.currentTimeMillis) - startedAt) / 1_000 }
  }).pipe(Effect.scoped)

/**
 * Runs an app and starts it again whenever it ends. One that does not even start has said why, and would say so
 * for ever.
 */
export const keepRunning = (app: HostedApp, tell: Tell): Effect.Effect<never, CommandError> =>
  Effect.gen(function* () {
    let last = yield* live(app, false, tell)
    if (!last.wasReady) {
      tell({ type: "ended", app: app.name, how: last.how, again: null })
      return yield* new CommandError({
        code: "app-not-started",
        message: `${titles[app.name]} could not start (${last.how}), so everything is stopped.`,
      })
    }
    for (let again = shortest; ; again = last.seconds < trusted ? Math.min(longest, again * 2) : shortest) {
      tell({ type: "ended", app: app.name, how: last.how, again })
      yield* Effect.sleep(`${again} seconds`)
      last = yield* live(app, true, tell)
    }
  })
