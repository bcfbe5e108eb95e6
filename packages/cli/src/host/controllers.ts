import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Effect, Option, Schema } from "effect"
import type { Tell } from "./HostEvent.ts"

/** What the Matter bridge writes down for whoever shows who controls it. */
const Pairing = Schema.parseJson(
  Schema.Struct({ fabrics: Schema.Array(Schema.Struct({ label: Schema.String, vendor: Schema.String })) }),
)

/** Each controller by its maker, and by the name it has given itself; none while the bridge has never run. */
export const controllersIn = (home: string): ReadonlyArray<string> => {
  let text: string
  try {
    text = readFileSync(join(home, "matter", "pairing.json"), "utf8")
  } catch {
    return []
  }
  return Option.match(Schema.decodeOption(Pairing)(text), {
    onNone: () => [],
    onSome: ({ fabrics }) =>
      fabrics.map(({ label, vendor }) => (label === "" ? vendor : `${vendor} (${label})`)),
  })
}

/** Tells of each controller that is added or leaves. Looking costs less than watching a folder that is not there yet. */
export const tellControllers = (home: string, tell: Tell): Effect.Effect<never> =>
  Effect.gen(function* () {
    let known = controllersIn(home)
    for (;;) {
      yield* Effect.sleep("2 seconds")
      const controllers = controllersIn(home)
      if (controllers.join() !== known.join()) tell({ type: "controllers", app: "matter", controllers })
      known = controllers
    }
  })
