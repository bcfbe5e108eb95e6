import { fileURLToPath } from "node:url"
import { FetchHttpClient, HttpClient, HttpClientRequest, HttpClientResponse } from "@effect/platform"
import { Deferred, Effect, Schema } from "effect"
import { readyOrEnded } from "../app/ready.ts"
import { CommandError } from "../CommandError.ts"
import type { DemoPlace } from "./DemoPlace.ts"
import { portOf, releasePorts } from "./ports.ts"
import { client, generatedPersons } from "./demoConfig.ts"
import type { Happening } from "./Happening.ts"

/** Beside the bundle of this file. */
const script = fileURLToPath(new URL("./demoSimulator.js", import.meta.url))

/** Starts the cloud and answers who lives in it. */
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

/** The admin route and body of each happening. */
const act = (happening: Happening): readonly [route: string, body: Readonly<Record<string, unknown>>] => {
  const { person } = happening
  switch (happening.kind) {
    case "weigh":
      return ["weigh", { person, kilograms: happening.kilograms }]
    case "bed-in":
      return ["goToBed", { person }]
    case "bed-out":
      return ["getUp", { person }]
    case "blood-pressure": {
      const { diastolic, pulse = 64, systolic } = happening
      return ["measureBloodPressure", { person, systolic, diastolic, pulse }]
    }
    case "temperature":
      return ["takeTemperature", { person, celsius: happening.celsius }]
    case "walk":
      return ["walk", { person, steps: happening.steps }]
  }
}

const Refusal = Schema.Struct({ error: Schema.String })

/** Lets it happen in the simulated household; a name that nobody has is told with those that live there. */
export const letHappen = (place: DemoPlace, happening: Happening) =>
  Effect.gen(function* () {
    const [route, body] = act(happening)
    const answer = yield* HttpClientRequest.post(
      `http://127.0.0.1:${portOf(place, "simulatorAdmin")}/admin/${route}`,
    ).pipe(HttpClientRequest.bodyUnsafeJson(body), HttpClient.execute)
    if (answer.status !== 200) {
      const { error } = yield* HttpClientResponse.schemaBodyJson(Refusal)(answer)
      return yield* new CommandError("simulator-failed", error)
    }
  }).pipe(
    Effect.catchTags({
      RequestError: () =>
        new CommandError("simulator-failed", "The simulated Withings cloud has ended: start the demo again."),
      ParseError: (error) =>
        new CommandError("simulator-failed", `The simulator answered badly: ${error.message}`),
      ResponseError: (error) =>
        new CommandError("simulator-failed", `The simulator answered badly: ${error.message}`),
    }),
    Effect.provide(FetchHttpClient.layer),
  )
