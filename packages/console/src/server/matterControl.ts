import { Data, Effect, Schema } from "effect"
import { request } from "node:http"
import { join } from "node:path"

/** What the Matter bridge of the household answers over the socket in its folder: `apps/matter/src/control.ts`. */
const Pairing = Schema.parseJson(
  Schema.Struct({
    qrPairingCode: Schema.String,
    manualPairingCode: Schema.String,
    /** Epoch seconds; null: no window is open. */
    windowUntil: Schema.NullOr(Schema.Number),
    fabrics: Schema.Array(
      Schema.Struct({ index: Schema.Number, label: Schema.String, vendor: Schema.String }),
    ),
  }),
)
export type MatterPairing = typeof Pairing.Type

const Refusal = Schema.parseJson(Schema.Struct({ error: Schema.String }))

export class MatterTrouble extends Data.TaggedError("MatterTrouble")<{
  readonly reason: "not-running" | "other-version" | "gone" | "refused"
  readonly message: string
}> {}

const notRunning = new MatterTrouble({
  reason: "not-running",
  message: "The Matter bridge is not running. Start it with: withings-bridge run --matter",
})

/** It is on this machine: whoever stays silent for longer is stuck. */
const patience = 3000

const ask = (home: string, method: string, path: string) =>
  Effect.async<{ readonly status: number; readonly text: string }, MatterTrouble>((resume) => {
    const socketPath = join(home, "matter", "control.sock")
    const asked = request({ socketPath, method, path, timeout: patience }, (answer) => {
      let text = ""
      answer.setEncoding("utf8")
      answer.on("data", (chunk: string) => (text += chunk))
      answer.on("end", () => resume(Effect.succeed({ status: answer.statusCode ?? 0, text })))
    })
    asked.on("timeout", () => asked.destroy())
    asked.on("error", () => resume(Effect.fail(notRunning)))
    asked.end()
    return Effect.sync(() => asked.destroy())
  }).pipe(
    Effect.flatMap(({ status, text }) =>
      status === 200
        ? Schema.decode(Pairing)(text)
        : Effect.flatMap(
            Schema.decode(Refusal)(text),
            ({ error }) => new MatterTrouble({ reason: status === 404 ? "gone" : "refused", message: error }),
          ),
    ),
    Effect.catchTag(
      "ParseError",
      () =>
        new MatterTrouble({
          reason: "other-version",
          message: "The Matter bridge is of another version: update and restart it.",
        }),
    ),
  )

export const matterPairing = (home: string) => ask(home, "GET", "/pairing")
/** Lets one more controller in for a quarter of an hour. */
export const openMatterWindow = (home: string) => ask(home, "POST", "/window")
export const removeMatterController = (home: string, index: number) =>
  ask(home, "DELETE", `/fabrics/${index}`)
