import { Effect, Schedule } from "effect"

/** The API key of every bridge that a test starts. */
export const testKey = "key-of-the-tests"
export const authorized = { authorization: `Bearer ${testKey}` }

export const ask = (url: string, init: RequestInit = {}) =>
  Effect.promise(async () => {
    const headers = { ...authorized, ...Object.fromEntries(new Headers(init.headers)) }
    const answer = await fetch(url, { ...init, headers })
    const text = await answer.text()
    return {
      status: answer.status,
      body: text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text,
    }
  })

export const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  })

/** Presses Authorize on Withings' page, and answers the address that the browser is led to. */
export const authorize = (authorizationUri: string, person: string) =>
  Effect.promise(async () => {
    const page = new URL(authorizationUri)
    const form = new URLSearchParams(page.search)
    form.set("person", person)
    form.set("decision", "authorize")
    const answer = await fetch(`${page.origin}${page.pathname}`, {
      method: "POST",
      body: form,
      redirect: "manual",
    })
    return answer.headers.get("location") ?? (await answer.text())
  })

/** Waits for a condition; when it does not come true, says what else was heard. */
export const until = (
  what: () => boolean | Effect.Effect<boolean>,
  heard: () => string = () => "",
  patience = 240_000,
) =>
  Effect.suspend(() => {
    const answer = what()
    return typeof answer === "boolean" ? Effect.succeed(answer) : answer
  }).pipe(
    Effect.filterOrFail(
      (yes) => yes,
      () => "not yet" as const,
    ),
    Effect.retry(Schedule.spaced("20 millis")),
    Effect.timeoutFail({
      duration: patience,
      onTimeout: () => new Error(`never came true: ${what}\n${heard()}`),
    }),
  )
