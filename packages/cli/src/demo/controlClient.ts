import { FetchHttpClient, HttpClient, HttpClientRequest, HttpClientResponse } from "@effect/platform"
import { Effect } from "effect"
import { Happened, Refused, Whose } from "./Control.ts"
import { CommandError } from "../CommandError.ts"
import { demoCommand } from "./calledAs.ts"
import type { Happening } from "./Happening.ts"
import { keptSettings, type DemoSettings } from "./DemoSettings.ts"

export const controlPort = ({ ports }: DemoSettings): number => ports["control"] ?? 0

/** The demo that listens on the control port of the folder's last start; null: none. */
export const runningDemo = (home: string, port: number) =>
  HttpClient.get(`http://127.0.0.1:${port}/`).pipe(
    Effect.flatMap(HttpClientResponse.schemaBodyJson(Whose)),
    // Where no demo runs, the connection is refused at once; a busy machine may take seconds.
    Effect.timeout("20 seconds"),
    Effect.map((whose) => (whose.home === home ? whose : null)),
    Effect.orElseSucceed(() => null),
    Effect.provide(FetchHttpClient.layer),
  )

/** Lets something happen in the demo that runs in another terminal. */
export const askDemo = (home: string, happening: Happening) =>
  Effect.gen(function* () {
    const settings = yield* keptSettings(home)
    const running = settings === null ? null : yield* runningDemo(home, controlPort(settings))
    if (settings === null || running === null)
      return yield* new CommandError(
        "demo-not-running",
        `No demo runs in ${home}. Start it with \`${demoCommand(home)}\` in one terminal, then try again in a second one.`,
      )
    const answer = yield* HttpClientRequest.post(`http://127.0.0.1:${controlPort(settings)}/happen`).pipe(
      HttpClientRequest.bodyUnsafeJson(happening),
      HttpClient.execute,
    )
    if (answer.status !== 200) {
      const { message } = yield* HttpClientResponse.schemaBodyJson(Refused)(answer)
      return yield* new CommandError("demo-not-running", message)
    }
    return yield* HttpClientResponse.schemaBodyJson(Happened)(answer)
  }).pipe(
    Effect.catchTag(
      "RequestError",
      () =>
        new CommandError(
          "demo-not-running",
          `The demo ended before it could answer: start it again with \`${demoCommand(home)}\`.`,
        ),
    ),
    Effect.catchTag(
      "ParseError",
      "ResponseError",
      ({ message }) => new CommandError("demo-not-running", `The demo gave no readable answer: ${message}`),
    ),
    Effect.provide(FetchHttpClient.layer),
  )
