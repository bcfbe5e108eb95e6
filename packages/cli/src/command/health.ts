import process from "node:process"
import { Command } from "@effect/cli"
import { BridgeConfig, dataSource, readiness, type NotReady } from "@withings-bridge/core"
import { Effect } from "effect"
import { answer } from "../terminal/answer.ts"
import { home, json } from "./home.ts"
import { withHousehold } from "./withHousehold.ts"

const sentences: Readonly<Record<NotReady, string>> = {
  "store-unreachable": "the store cannot be read",
  "store-unwritable": "the store cannot be written",
  "key-missing": "the file `key` is missing",
  "nobody-syncs": "no running app fetches new measures",
}

/** A container that is not set up yet counts as healthy: restarting it would not help. */
const isSetUp = (home: string) =>
  Effect.map(BridgeConfig.loadWith({ home, makeHome: false }), (config) => dataSource(config) !== null)

export const health = Command.make("health", { home, json }, ({ home, json }) =>
  Effect.gen(function* () {
    const reasons = (yield* isSetUp(home)) ? yield* readiness.pipe(withHousehold(home)) : []
    if (reasons.length > 0) process.exitCode = 1
    yield* answer(json, { healthy: reasons.length === 0, reasons }, () =>
      reasons.length === 0
        ? "Healthy."
        : `Not healthy: ${reasons.map((reason) => sentences[reason]).join("; ")}.`,
    )
  }),
)
