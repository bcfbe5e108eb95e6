/** One process of a household whose home folder it shares with another user: does what it is told, by its parent. */
import { Effect, Runtime } from "effect"
import { PersonId } from "../src/measure/Person.ts"
import { webhookSecret } from "../src/withings/account/webhookUrl.ts"
import { History } from "../src/store/History.ts"
import { HouseholdStore } from "../src/store/HouseholdStore.ts"
import { SyncStatus } from "../src/sync/SyncStatus.ts"
import { WithingsApi } from "../src/withings/client/WithingsApi.ts"
import { signIn } from "./authorize.ts"
import { unhurriedBridge } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

const [home = "", url = ""] = process.argv.slice(2)

const acts = {
  /** Answers the person's id. */
  signIn: (name: string) => Effect.map(signIn(name), ({ id }) => id),
  standing: (personId: PersonId) =>
    Effect.map(
      Effect.flatMap(HouseholdStore, ({ persons }) => persons),
      (all) => all.find(({ id }) => id === personId)?.standing.state ?? "unknown",
    ),
  /** With the tokens of the store, whoever sealed them. */
  askWithings: (personId: PersonId) =>
    Effect.as(
      Effect.flatMap(WithingsApi, (api) => api.goals(personId)),
      "answered",
    ),
  askForWeight: (personId: PersonId) =>
    Effect.as(
      Effect.flatMap(SyncStatus, ({ request }) => request(personId, "getmeas")),
      "asked",
    ),
  weight: (personId: PersonId) =>
    Effect.map(
      Effect.flatMap(History, (history) => history.latest(personId)),
      (all) => String(all.find(({ kind }) => kind === "weight")?.value ?? "none"),
    ),
  webhookSecret: () => webhookSecret(home),
}

export type Act = keyof typeof acts

const serve = Effect.gen(function* () {
  const runtime = yield* Effect.runtime<History | HouseholdStore | SyncStatus | WithingsApi>()
  const run = Runtime.runPromise(runtime)
  process.on("message", ([act, about]: readonly [Act, string]) => {
    const doing: Effect.Effect<string, unknown, unknown> = acts[act](PersonId(about))
    // The services of every act are those of the runtime.
    run(doing as Effect.Effect<string, unknown, never>).then(
      (answer) => process.send?.({ answer }),
      (error: unknown) => process.send?.({ failure: String(error) }),
    )
  })
  process.on("disconnect", () => process.exit(0))
  process.send?.({ answer: "up" })
  return yield* Effect.never
})

await Effect.runPromise(Effect.provide(serve, unhurriedBridge(configFor(url, { home }))))
