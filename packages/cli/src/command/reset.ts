import { Command, Options } from "@effect/cli"
import { FileSystem } from "@effect/platform"
import { BridgeConfig, eraseServerStore, type Home } from "@withings-bridge/core"
import { Effect, Redacted } from "effect"
import { partsOf } from "../app/parts.ts"
import { answer } from "../terminal/answer.ts"
import { confirmed, yes } from "./confirm.ts"
import { home, json } from "./home.ts"

const storeFiles = ["bridge.db", "bridge.db-wal", "bridge.db-shm"]
const ofCore = [...storeFiles, "key", "webhook-secret", "config.yaml"]

const all = Options.boolean("all").pipe(
  Options.withDescription("Also the key, config.yaml, and what each home keeps, such as Matter's pairings"),
)

/** The database without its password. */
const serverName = (store: Redacted.Redacted) => {
  const { host, pathname } = new URL(Redacted.value(store))
  return `the household's tables in the PostgreSQL database ${host}${pathname}`
}

export const reset = (homes: ReadonlyArray<Home>) =>
  Command.make("reset", { all, yes, home, json }, ({ all, home, json, yes }) =>
    Effect.gen(function* () {
      const everything = [...ofCore, ...partsOf(homes).flatMap(({ keeps }) => keeps)]
      const files = yield* FileSystem.FileSystem
      const present = yield* Effect.filter(all ? everything : storeFiles, (name) =>
        files.exists(`${home}/${name}`),
      )
      // Read it before config.yaml is removed, which says where the store is.
      const { store } = yield* BridgeConfig.loadWith({ home, makeHome: false })
      const server = store === undefined ? [] : [serverName(store)]
      if (present.length + server.length === 0)
        return yield* answer(json, { removed: [] }, () => `There is nothing to remove in ${home}.`)
      const question = `Stop every app first. Remove ${[...server, ...present].join(", ")}${present.length === 0 ? "" : ` from ${home}`}?`
      if (!(yield* confirmed(yes, question)))
        return yield* answer(json, { removed: [] }, () => "Nothing was removed.")
      // First, since without the settings it could not be found again.
      if (store !== undefined) yield* eraseServerStore(store)
      yield* Effect.forEach(present, (name) => files.remove(`${home}/${name}`, { recursive: true }))
      yield* answer(json, { removed: [...server, ...present] }, () =>
        all
          ? "Removed. Start over with `withings-bridge init`."
          : "Removed: every sign-in and the local history. Withings keeps its own:\nsign in again with `withings-bridge connect`.",
      )
    }),
  )
