import { Context, Duration, Effect, Schedule, Stream } from "effect"
import { watch, writeFileSync } from "node:fs"
import { shareWithGroup } from "../HomeFolder.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** How processes wake each other, household by household. */
export class Signal extends Context.Tag("@withings-bridge/core/store/Signal")<
  Signal,
  {
    readonly send: (household: string) => Effect.Effect<void>
    /** Emits also when a change may have been missed. */
    readonly heard: (household: string) => Stream.Stream<void>
  }
>() {}

/** Some network and container file systems do not report changes. */
const askEvery = Duration.seconds(5)

/** Any write is a signal; the content does not matter. Setting the file's times would not do, because only its owner may. */
export const signalByFile = (file: string): Effect.Effect<Signal["Type"], StoreError> =>
  Effect.try({
    try: () => {
      writeFileSync(file, "", { flag: "a", mode: 0o600 })
      shareWithGroup(file)
      const written = Stream.asyncPush<void>(
        (emit) =>
          Effect.acquireRelease(
            watching(file, () => emit.single(undefined)),
            (watcher) => Effect.sync(() => watcher?.close()),
          ),
        { bufferSize: 1, strategy: "sliding" },
      )
      return {
        send: () => Effect.sync(() => writeFileSync(file, String(process.pid))).pipe(Effect.ignoreLogged),
        heard: () => Stream.merge(written, Stream.fromSchedule(Schedule.spaced(askEvery))),
      }
    },
    catch: (cause) => cause,
  }).pipe(storeError(`create ${file}`))

/** null: the system cannot watch the file. Then the store is polled only. */
const watching = (file: string, changed: () => void) =>
  Effect.try(() => watch(file, changed).on("error", () => undefined)).pipe(
    Effect.catchAll((error) =>
      Effect.as(
        Effect.logWarning(
          `${file} cannot be watched, so changes by other processes are seen some seconds later ` +
            `(${error.cause instanceof Error ? error.cause.message : "unknown"}). ` +
            "On Linux, raise fs.inotify.max_user_watches.",
        ),
        null,
      ),
    ),
  )
