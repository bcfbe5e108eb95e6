import { FetchHttpClient, HttpClient, HttpClientRequest } from "@effect/platform"
import { Effect } from "effect"
import { CommandError } from "../CommandError.ts"

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
}

const unescaped = (text: string) =>
  text.replaceAll(/&(?:amp|lt|gt|quot|#39);/gu, (entity) => entities[entity] ?? "")

/** The fields that the page's form sends whatever the person chooses, and where it sends them. */
const formIn = (page: string) => ({
  action: unescaped(/<form[^>]*action="([^"]*)"/u.exec(page)?.[1] ?? ""),
  fields: [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/gu)].map(
    ([, name = "", value = ""]) => [unescaped(name), unescaped(value)] as const,
  ),
})

/** Does what a person does in the browser: opens the page, chooses themselves, authorizes. Answers where it lands. */
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
      // The landing page is the bridge's own callback: its address is all that is wanted of it.
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
    Effect.catchTags({
      RequestError: (error) =>
        new CommandError("simulator-failed", `The simulated Withings cannot be reached: ${error.message}`),
      ResponseError: (error) =>
        new CommandError("simulator-failed", `The simulated Withings answered badly: ${error.message}`),
    }),
    Effect.provide(FetchHttpClient.layer),
  )
