import { Effect } from "effect"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import type { Spoil } from "./spoil.ts"

/** The next answers to an action, each spoiled in its way. */
export interface SpoiledAnswers {
  readonly action: string
  readonly spoils: ReadonlyArray<ReadonlyArray<Spoil>>
}

export interface SentAnswer {
  readonly action: string
  readonly text: string
}

const script = fileURLToPath(new URL("spoilingProcess.ts", import.meta.url))

/**
 * Stands between the bridge and the simulated cloud and spoils what it is told to. A process of its own: making some
 * megabytes of nonsense would stop the event loop that is measured. Ends with its scope.
 */
export const spoilingCloud = (target: string) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(async () => {
        const child = spawn(process.execPath, ["--conditions", "@withings-bridge/source", script, target], {
          stdio: ["ignore", "pipe", "inherit"],
        })
        const [url]: Array<unknown> = await once(child.stdout, "data")
        return { child, url: String(url).trim() }
      }),
      ({ child }) => Effect.sync(() => child.kill()),
    ),
    ({ url }) => {
      const tell = (what: string, body: string) =>
        Effect.promise(async () => (await fetch(`${url}/test/${what}`, { method: "POST", body })).text())
      return {
        url,
        spoil: (answers: SpoiledAnswers) => tell("spoil", JSON.stringify(answers)),
        /** Makes every answer healthy from now on. Returns the spoiled ones as sent. */
        heal: Effect.map(tell("heal", ""), (text): ReadonlyArray<SentAnswer> => JSON.parse(text)),
      }
    },
  )
