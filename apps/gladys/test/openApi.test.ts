import { OpenApi } from "@effect/platform"
import { Validator } from "@seriousme/openapi-schema-validator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, FastCheck } from "effect"
import { request } from "node:http"
import { connect } from "node:net"
import { GladysApi } from "../src/http/GladysApi.ts"
import { authorized } from "./asking.ts"
import { bridgeFor } from "./bridgeFor.ts"
import { descriptor, household, TestCore } from "./TestCore.ts"

const document = OpenApi.fromApi(GladysApi)

interface Call {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** What nobody sends by accident. */
const hostile = FastCheck.oneof(
  FastCheck.constantFrom(
    "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "-1",
    "1e309",
    "NaN",
    "999999999999999999999",
    "__proto__",
    "constructor",
    "withings-body-plus-01234567-weight",
    "withings-body-plus-01234567",
    "withings:0123456789abcdef01234567",
    "2026-11-20T06:30:00.000Z",
    "random",
  ),
  FastCheck.fullUnicodeString(),
  FastCheck.string({ maxLength: 9000, size: "max" }),
  FastCheck.integer().map(String),
)

const jsonBody = FastCheck.oneof(
  FastCheck.record(
    {
      external_id: hostile,
      value: hostile,
      authorization_code: hostile,
      state: hostile,
      person_name: hostile,
    },
    { requiredKeys: [] },
  ).map((body) => JSON.stringify(body)),
  FastCheck.json(),
  FastCheck.constantFrom("{", "null", "[]", "", '{"__proto__":{"x":1}}', "[".repeat(20_000)),
)

const header = hostile.map((text) => text.replaceAll(/[^\x20-\x7e]/g, "").slice(0, 2000))

/** A request to each operation of the document, sometimes as it should be, mostly not. */
const calls = Object.entries(document.paths).flatMap(([path, item]) =>
  (["get", "post", "delete"] as const)
    .filter((method) => item[method] !== undefined && path !== "/api/v1/live")
    .map((method) => {
      const parameters = item[method]?.parameters ?? []
      const query = parameters.filter((each) => each.in === "query").map((each) => each.name)
      return FastCheck.record({
        values: FastCheck.dictionary(FastCheck.constantFrom(...query, "other"), hostile),
        inPath: hostile,
        referer: header,
        type: FastCheck.constantFrom(
          "application/json",
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data",
          "multipart/form-data; boundary=x",
          "",
        ),
        body: jsonBody,
      }).map(({ values, inPath, referer, type, body }): Call => {
        const filled = path.replaceAll(/\{[^}]+\}/g, encode(inPath))
        const search = Object.entries(values).map(([name, value]) => `${name}=${encode(value)}`)
        return {
          method: method.toUpperCase(),
          path: search.length === 0 ? filled : `${filled}?${search.join("&")}`,
          headers: { referer, ...(type === "" ? {} : { "content-type": type }) },
          body: method === "post" ? body : null,
        }
      })
    }),
)

const encode = (text: string) => encodeURIComponent(text.toWellFormed())

const send = (port: number, call: Call) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const { method, path } = call
    const headers = { ...authorized, ...call.headers }
    const sent = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (answer) => {
      const chunks: Array<Buffer> = []
      answer.on("data", (chunk: Buffer) => chunks.push(chunk))
      answer.on("error", reject)
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      )
    })
    sent.on("error", reject)
    sent.setTimeout(20_000, () => sent.destroy(new Error(`no answer to ${method} ${path.slice(0, 200)}`)))
    sent.end(call.body ?? undefined)
  })

/** A frame begins with a file: an answer also tells what it was sent, which may look like the end of one. */
const leak =
  /\bat (?:async )?(?:[\w.<>$# ]+ (?:\[as \w+\] )?\()?(?:file:|node:|\/|[A-Z]:\\).*:\d+:\d+|node_modules|s3cret|root:x:0/

/** How a schema says what it wanted. */
const schemaWords = /Expected |actual |is missing|Encoded side|Transformation|└|readonly/

describe.concurrent("what the HTTP bridge promises", () => {
  it("would be seen to leak where it ran, by any frame", () => {
    // "at new Promise (<anonymous>)" tells nothing of where.
    const frames = new Error("it stumbled").stack?.split("\n").filter((line) => /:\d+:\d+/.test(line)) ?? []
    assert.isAbove(frames.length, 1)
    for (const frame of frames) assert.match(JSON.stringify({ message: `it stumbled\n${frame}` }), leak)
  })

  it("is a valid OpenAPI document", async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)))
    assert.deepStrictEqual(errors ?? [], [])
    assert.isTrue(valid)
  })

  it.scopedLive("answers everything it is sent, without a failure of its own and without a leak", () =>
    Effect.gen(function* () {
      const { port } = yield* bridgeFor(new TestCore(household(descriptor({}))))
      const property = FastCheck.asyncProperty(FastCheck.oneof(...calls), async (call) => {
        const { status, text } = await send(port, call)
        assert.isBelow(status, 500, `${text.slice(0, 300)}`)
        assert.notMatch(text, leak)
        if (status >= 400) {
          const error = JSON.parse(text)
          assert.hasAllKeys(error, ["status", "code", "message"])
          assert.strictEqual(error.status, status)
          assert.notMatch(error.message, schemaWords)
        }
      })
      yield* Effect.promise(() =>
        FastCheck.assert(property, { numRuns: 600, interruptAfterTimeLimit: 60_000 }),
      )
    }),
  )

  it.scopedLive("bounds what it reads: huge bodies and headers, paths outside, requests that never end", () =>
    Effect.gen(function* () {
      const { port } = yield* bridgeFor(new TestCore(household(descriptor({}))))
      const post = { method: "POST", path: "/api/v1/device", headers: { "content-type": "application/json" } }
      const known = `withings:${descriptor({}).id}`
      const huge = yield* Effect.promise(() =>
        send(port, {
          ...post,
          body: JSON.stringify({ external_id: known, more: "x".repeat(5_000_000) }),
        }).catch(hungUp),
      )
      // It was not read: without the rest, it would be carried out.
      assert.include([400, 413, 431], huge.status)
      const headers = { "x-much": "x".repeat(100_000) }
      const long = yield* Effect.promise(() =>
        send(port, { method: "GET", path: "/health", headers, body: null }).catch(hungUp),
      )
      assert.strictEqual(long.status, 431)
      for (const path of ["/../../etc/passwd", "/api/v1/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd"]) {
        const answer = yield* Effect.promise(() =>
          send(port, { method: "GET", path, headers: {}, body: null }),
        )
        assert.strictEqual(answer.status, 404)
      }
      yield* Effect.promise(() => neverEnding(port))
      const health = yield* Effect.promise(() =>
        send(port, { method: "GET", path: "/health", headers: {}, body: null }),
      )
      assert.strictEqual(health.status, 200)
    }),
  )
})

/** Who goes on sending after the answer finds the connection closed before it could be read. */
const hungUp = () => ({ status: 431, text: "" })

/** Sends a header a byte at a time until the bridge hangs up. */
const neverEnding = (port: number) =>
  new Promise<void>((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.write("GET /health HTTP/1.1\r\nHost: localhost\r\n")
    const drip = setInterval(() => socket.write("x"), 500)
    socket.on("error", () => undefined)
    socket.on("close", () => {
      clearInterval(drip)
      resolve()
    })
    socket.resume()
  })
