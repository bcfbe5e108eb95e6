import { FetchHttpClient, HttpClient, HttpClientRequest } from "@effect/platform"
import { Effect } from "effect"
import { CommandError } from "../CommandError.ts"

const entities = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" }

const unescaped = (text: string) =>
  Object.entries(entities).reduceRight((text, [entity, sign]) => text.replaceAll(entity, sign), text)

/** The address of the page's form, and the fields that it sends whatever the person chooses. */
const formIn = (page: string) => ({
  action: unescaped(/<form[^>]*action="([^"]*)"/u.exec(page)?.[1] ?? ""),
  fields: [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/gu)].map(
    ([, name = "", value = ""]) => [unescaped(name), unescaped(value)] as const,
  ),
})

/** Signs a person in as they would in a browser; returns the address that the browser lands on. */
export const walkAuthorizePage = (
  authorizeUrl: string,
  person: string,
): Effect.Effect<string, CommandError> =>
  Effect.gen(function* () {
    const page = yield* Effect.flatMap(HttpClient.get(authorizeUrl), (answer) => answer.text)
    const { action, fields } = formIn(page)
    const answer = yield* HttpClientRequest.post(new URL(action, authorizeUrl).href).pipe(
      HttpClientRequest.bodyUrlParams([...fields, ["person", person], ["decision", "authorize"]]),
      HttpClient.execute,
      // Do not follow to the bridge's callback: only its address is needed.
      Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" }),
    )
    const landedOn = answer.headers["location"]
    return (
      landedOn ??
      (yield* new CommandError(
        "simulator-failed",
        `The simulated Withings did not let ${person} sign in (HTTP ${answer.status}).`,
      ))
    )
  }).pipe(
    Effect.catchTag(
      "RequestError",
      "ResponseError",
      ({ message }) =>
        new CommandError("simulator-failed", `The simulated Withings did not answer: ${message}`),
    ),
    Effect.provide(FetchHttpClient.layer),
  )
