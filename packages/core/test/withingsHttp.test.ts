/* oxlint-disable vitest/no-standalone-expect -- the linter does not see that the generator runs inside the test */
import { it as effectIt } from "@effect/vitest"
import { Effect, Fiber, Layer, Redacted, TestClock } from "effect"
import { describe, expect, it } from "vitest"
import * as Database from "../src/store/Database.ts"
import { RequestBudget, RequestPriority } from "../src/withings/client/RequestBudget.ts"
import type { Wire } from "../src/withings/wire/read.ts"
import { WithingsHttp } from "../src/withings/client/WithingsHttp.ts"
import { envelope, rawCloud, says, type RawAnswer } from "./rawCloud.ts"
import { configFor, withingsLayer } from "./withingsLayer.ts"

const readList = (body: Wire) => (Array.isArray(body["list"]) ? body["list"].length : null)
const budgetAlone = Layer.provide(RequestBudget.layer, Database.layerMemory)
const request = {
  path: "/measure",
  action: "getmeas",
  params: { a: 1 },
  accessToken: Redacted.make("t"),
} as const
const send = Effect.flatMap(WithingsHttp, (http) => http.send(request, readList))

const ok = (length: number) =>
  says(JSON.stringify({ status: 0, body: { list: Array.from({ length }, () => 1) } }))
const html = says("<!doctype html><h1>Welcome to the hotel</h1>")
const cut: RawAnswer = (response) => {
  response.writeHead(200, { "content-length": "1000" }).write('{"status":0,"body":{"list":[1')
  setTimeout(() => response.destroy(), 20)
}
const reset: RawAnswer = (_, { socket }) => socket.destroy()
const endless: RawAnswer = (response) => {
  const chunk = "x".repeat(1024 * 1024)
  for (let i = 0; i < 33; i++) response.write(chunk)
  response.end()
}

/** The answer, the error that it becomes, and the number of requests. */
const outcomes: ReadonlyArray<readonly [string, string, number, RawAnswer]> = [
  ["status 601", "TooManyRequests", 1, envelope(601)],
  ["HTTP 429", "TooManyRequests", 1, says("", 429)],
  ["status 401", "AuthenticationFailed", 1, envelope(401, "invalid_token")],
  ["status 100", "AuthenticationFailed", 1, envelope(100)],
  ["status 403", "Unauthorized", 1, envelope(403, "Insufficient_scope")],
  ["status 503", "InvalidParams", 1, envelope(503, "Invalid Params")],
  ["status 2554", "NotImplemented", 1, envelope(2554)],
  ["status 522", "WithingsFailed", 4, envelope(522)],
  ["status 524", "WithingsFailed", 4, envelope(524)],
  ["a status in no list", "WithingsFailed", 4, envelope(777_777)],
  ["a web page", "Garbled", 4, html],
  ["HTTP 502 with a web page", "Garbled", 4, says("<html>bad gateway</html>", 502)],
  ["an empty answer", "Garbled", 4, says("")],
  ["NaN", "Garbled", 4, says('{"status":0,"body":{"list":[NaN]}}')],
  ["no body", "Garbled", 4, says('{"status":0}')],
  ["a body without its list", "Garbled", 4, says('{"status":0,"body":{"more":0}}')],
  ["JSON that is no object", "Garbled", 4, says("[1,2]")],
  ["a cut body", "Unreachable", 4, cut],
  ["a cut connection", "Unreachable", 4, reset],
  ["33 MB", "Garbled", 4, endless],
  ["5 MB of brackets", "Garbled", 4, says("[".repeat(5_000_000))],
]

describe.concurrent("an answer of Withings", () => {
  it.concurrent.each(outcomes)("%s becomes %s after %i requests", (_, tag, requests, answer) =>
    Effect.gen(function* () {
      const cloud = yield* rawCloud(() => answer)
      const error = yield* Effect.flip(send).pipe(Effect.provide(withingsLayer(configFor(cloud.url))))
      expect(error._tag).toBe(tag)
      expect(cloud.count()).toBe(requests)
      expect(error.message.length).toBeGreaterThan(20)
      expect(error.message).not.toMatch(/demo-secret|Welcome to the hotel/)
    }).pipe(Effect.scoped, Effect.runPromise),
  )

  it.concurrent.each([
    ["a web page", html],
    ["a cut body", cut],
    ["a cut connection", reset],
    ["a timeout of Withings", envelope(522)],
  ] as const)("%s is retried with success", (_, answer) =>
    Effect.gen(function* () {
      const cloud = yield* rawCloud((nth) => (nth === 0 ? answer : ok(3)))
      expect(yield* Effect.provide(send, withingsLayer(configFor(cloud.url)))).toBe(3)
    }).pipe(Effect.scoped, Effect.runPromise),
  )

  it.concurrent("of 5 MB is read", () =>
    Effect.gen(function* () {
      const cloud = yield* rawCloud(() => ok(2_600_000))
      expect(yield* Effect.provide(send, withingsLayer(configFor(cloud.url)))).toBe(2_600_000)
    }).pipe(Effect.scoped, Effect.runPromise))

  it.concurrent("that never comes is reported with the address", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(send)
      expect(error._tag).toBe("Unreachable")
      expect(error.message).toContain("http://127.0.0.1:9")
    }).pipe(Effect.provide(withingsLayer(configFor("http://127.0.0.1:9"))), Effect.runPromise))
})

describe("requests", () => {
  effectIt.scoped(
    "carry action, parameters and user agent, time out after 30 seconds and are sent again",
    () =>
      Effect.gen(function* () {
        let told: (() => void) | null = null
        const headers: Array<string | undefined> = []
        const cloud = yield* rawCloud((nth) => (response, request) => {
          headers.push(request.headers["user-agent"], request.headers.authorization)
          told?.()
          if (nth === 1) ok(1)(response, request)
        })
        const arrived = new Promise<void>((resolve) => (told = resolve))
        const fiber = yield* Effect.fork(Effect.provide(send, withingsLayer(configFor(cloud.url))))
        yield* Effect.promise(() => arrived)
        yield* TestClock.adjust("31 seconds")
        yield* TestClock.adjust("1 seconds")
        expect(yield* Fiber.join(fiber)).toBe(1)
        expect(headers.slice(0, 2)).toEqual(["withings-bridge", "Bearer t"])
      }),
  )

  effectIt.effect("are at most 120 in any minute, the urgent ones first", () =>
    Effect.gen(function* () {
      const budget = yield* RequestBudget
      const sent: Array<number> = []
      const { currentTimeMillis } = yield* TestClock.testClock()
      const send = Effect.zipRight(
        budget.spend("c", "getmeas"),
        Effect.map(currentTimeMillis, (at) => sent.push(at)),
      )
      const forever = (priority: "history" | "webhook" | "sign-in") =>
        Effect.fork(Effect.forever(Effect.provideService(send, RequestPriority, priority)))
      yield* forever("history")
      yield* forever("webhook")
      for (let i = 0; i < 600; i++) yield* TestClock.adjust("250 millis")
      // Someone signs in while everything is busy: no wait at all.
      const before = sent.length
      yield* Effect.provideService(send, RequestPriority, "sign-in")
      expect(sent.length).toBeGreaterThan(before)
      const most = sent.map((from) => sent.filter((at) => at >= from && at < from + 60_000).length)
      expect(Math.max(...most)).toBeLessThanOrEqual(120)
      expect(sent.length).toBeGreaterThan(150)
    }).pipe(Effect.provide(budgetAlone)),
  )

  effectIt.effect("pause for everyone of the client id after a 601, but for a sign-in", () =>
    Effect.gen(function* () {
      const budget = yield* RequestBudget
      yield* TestClock.adjust("1 day")
      const retryAt = yield* budget.pause("c")
      const refused = yield* Effect.flip(budget.spend("c", "getmeas"))
      expect(refused).toMatchObject({ _tag: "TooManyRequests", retryAt })
      yield* Effect.provideService(budget.spend("c", "requesttoken"), RequestPriority, "sign-in")
      yield* budget.spend("someone else", "getmeas")
      yield* TestClock.adjust("90 seconds")
      yield* budget.spend("c", "getmeas")
    }).pipe(Effect.provide(budgetAlone)),
  )

  effectIt.effect("do not wait after a clock was set back", () =>
    Effect.gen(function* () {
      const budget = yield* RequestBudget
      yield* TestClock.setTime(7_200_000 * 2)
      yield* budget.pause("c")
      for (let i = 0; i < 20; i++) yield* budget.spend("d", "getmeas")
      yield* TestClock.setTime(7_200_000)
      yield* budget.spend("c", "getmeas")
      yield* budget.spend("d", "getmeas")
    }).pipe(Effect.provide(budgetAlone)),
  )
})
