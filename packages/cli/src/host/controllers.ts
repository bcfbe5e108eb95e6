import { readFileSync } from "node:fs"
import { join } from "node:path"
import { FileSystem } from "@effect/platform"
import { Effect, Option, Ref, Schedule, Schema, Stream } from "effect"
import type { Tell } from "./HostEvent.ts"

/** What the Matter bridge writes down for whoever shows who controls it. */
const Pairing = Schema.parseJson(
  Schema.Struct({ fabrics: Schema.Array(Schema.Struct({ label: Schema.String, vendor: Schema.String })) }),
)

const folderIn = (home: string) => join(home, "matter")
const fileName = "pairing.json"

/** Each controller by its maker, and by the name it has given itself; none while the bridge has never run. */
export const controllersIn = (home: string): ReadonlyArray<string> => {
  let text: string
  try {
    text = readFileSync(join(folderIn(home), fileName), "utf8")
  } catch {
    return []
  }
  return Option.match(Schema.decodeOption(Pairing)(text), {
    onNone: () => [],
    onSome: ({ fabrics }) =>
      fabrics.map(({ label, vendor }) => (label === "" ? vendor : `${vendor} (${label})`)),
  })
}

/** Tells of each controller that is added or leaves, while the Matter bridge runs and after. */
export const tellControllers = (home: string, tell: Tell) =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    const known = yield* Ref.make(controllersIn(home).join())
    yield* files.watch(folderIn(home)).pipe(
      Stream.filter(({ path }) => path.endsWith(fileName)),
      Stream.runForEach(() =>
        Effect.gen(function* () {
          const controllers = controllersIn(home)
          const before = yield* Ref.getAndSet(known, controllers.join())
          if (before !== controllers.join()) tell({ type: "controllers", app: "matter", controllers })
        }),
      ),
      // Before its first start there is no folder to watch.
      Effect.retry(Schedule.spaced("1 second")),
    )
  })
