import { Effect, Schema } from "effect"
import { request } from "node:http"
import { join } from "node:path"
import { type Refusal, refuse } from "./refuse.ts"

/** The answer of the household's Matter bridge over the socket in its folder; see `apps/matter/src/control.ts`. */
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

const Failure = Schema.parseJson(Schema.Struct({ error: Schema.String }))

const notRunning = refuse(
  "The Matter bridge is not running. Start it with: withings-bridge run --matter",
  "La passerelle Matter ne tourne pas. Démarrez-la avec : withings-bridge run --matter",
  "Die Matter-Brücke läuft nicht. Starten Sie sie mit: withings-bridge run --matter",
)

const otherVersion = refuse(
  "The Matter bridge is of another version: update and restart it.",
  "La passerelle Matter est d’une autre version : mettez-la à jour et redémarrez-la.",
  "Die Matter-Brücke hat eine andere Version: Aktualisieren Sie sie und starten Sie sie neu.",
)

const failed = (status: number, message: string): Refusal =>
  status === 404
    ? refuse(message, "Ce contrôleur n’est plus relié.", "Dieser Controller ist nicht mehr verbunden.")
    : refuse(
        message,
        "La passerelle Matter ne l’a pas fait. Son journal dit pourquoi.",
        "Die Matter-Brücke hat es nicht getan. Ihr Protokoll sagt, warum.",
      )

/** Milliseconds. The bridge is on this machine: when it is silent for longer, it is stuck. */
const patience = 3000

const ask = (home: string, method: string, path: string) =>
  Effect.async<{ readonly status: number; readonly text: string }, Refusal>((resume) => {
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
        : Effect.flatMap(Schema.decode(Failure)(text), ({ error }) => failed(status, error)),
    ),
    Effect.catchTag("ParseError", () => otherVersion),
  )

export const matterPairing = (home: string) => ask(home, "GET", "/pairing")
/** Lets another controller pair for 15 minutes. */
export const openMatterWindow = (home: string) => ask(home, "POST", "/window")
export const removeMatterController = (home: string, index: number) =>
  ask(home, "DELETE", `/fabrics/${index}`)
