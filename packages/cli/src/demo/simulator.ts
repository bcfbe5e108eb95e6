import { fileURLToPath } from "node:url"
import { FetchHttpClient, HttpClient, HttpClientRequest, HttpClientResponse } from "@effect/platform"
import { Deferred, Effect, Schema } from "effect"
import { readyOrEnded } from "../app/ready.ts"
import { CommandError } from "../CommandError.ts"
import { portOf, releasePorts, type DemoPlace } from "./DemoPlace.ts"
import { client, generatedPersons } from "./demoConfig.ts"
import type { Happening } from "./Happening.ts"

/** Next to the bundle of this file. */
const script = fileURLToPath(new URL("./demoSimulator.js", import.meta.url))

/** Starts the cloud; returns the names of its persons. */
export const startSimulator = (place: DemoPlace, recorded: string | null) =>
  Effect.gen(function* () {
    const options = {
      port: portOf(place, "simulator"),
      adminPort: portOf(place, "simulatorAdmin"),
      seed: String(place.settings.seed),
      clientId: client.id,
      clientSecret: client.secret,
      persons: generatedPersons.length,
      stateFile: `${place.home}/simulator.json`,
      lives: true,
      ...(recorded === null ? {} : { recorded }),
    }
    yield* releasePorts(place, "simulator", "simulatorAdmin")
    const app = yield* place.start({
      name: "simulator",
      title: "The simulated Withings cloud",
      script,
      args: [JSON.stringify(options)],
      env: {},
    })
    yield* readyOrEnded(app, Deferred.await(app.ready))
    return recorded === null ? generatedPersons : [...generatedPersons, "Recorded"]
  })

const Refusal = Schema.Struct({ error: Schema.String })

/** Lets it happen in the simulated household; an unknown name is refused with the known ones. */
export const letHappen = (place: DemoPlace, { kind, ...fields }: Happening) =>
  Effect.gen(function* () {
    const answer = yield* HttpClientRequest.post(
      `http://127.0.0.1:${portOf(place, "simulatorAdmin")}/admin/${kind}`,
    ).pipe(HttpClientRequest.bodyUnsafeJson(fields), HttpClient.execute)
    if (answer.status !== 200) {
      const { error } = yield* HttpClientResponse.schemaBodyJson(Refusal)(answer)
      return yield* new CommandError("simulator-failed", error)
    }
  }).pipe(
    Effect.catchTag(
      "RequestError",
      () =>
        new CommandError("simulator-failed", "The simulated Withings cloud has ended: start the demo again."),
    ),
    Effect.catchTag(
      "ParseError",
      "ResponseError",
      ({ message }) => new CommandError("simulator-failed", `The simulator answered badly: ${message}`),
    ),
    Effect.provide(FetchHttpClient.layer),
  )
