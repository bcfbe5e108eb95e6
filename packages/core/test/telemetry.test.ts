import { assert, describe, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Duration, Effect, Schedule } from "effect"
import { subscribe, unsubscribe } from "node:diagnostics_channel"
import { createServer } from "node:http"
import { type AddressInfo, Socket } from "node:net"
import { Bridge, HouseholdFeed, SyncStatus } from "../src/index.ts"
import { signIn } from "./authorize.ts"
import { freePort } from "./freePort.ts"
import { configFor } from "./withingsLayer.ts"

/** A collector that keeps what it is sent, by path. */
const collector = Effect.acquireRelease(
  Effect.async<{ readonly url: string; readonly sent: Map<string, string>; readonly close: () => void }>(
    (resume) => {
      const sent = new Map<string, string>()
      const server = createServer((request, answer) => {
        let body = ""
        request.on("data", (part: Buffer) => (body += part.toString()))
        request.on("end", () => {
          const path = request.url ?? ""
          sent.set(path, (sent.get(path) ?? "") + body)
          answer.end("{}")
        })
      })
      server.listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo
        resume(Effect.succeed({ url: `http://127.0.0.1:${port}`, sent, close: () => server.close() }))
      })
    },
  ),
  ({ close }) => Effect.sync(close),
)

const eventually = (look: () => boolean) =>
  Effect.sync(look).pipe(
    Effect.filterOrFail(
      (seen) => seen,
      () => "not yet",
    ),
    Effect.retry(Schedule.spaced(Duration.millis(100))),
    Effect.timeout("90 seconds"),
  )

/** Addresses that this process connects to from now on. */
const connections = Effect.acquireRelease(
  Effect.sync(() => {
    const seen = new Set<string>()
    const hear = (message: unknown) => {
      const { socket } = Object(message)
      if (!(socket instanceof Socket)) return
      socket.once("connect", () => seen.add(`${socket.remoteAddress}:${socket.remotePort}`))
    }
    subscribe("net.client.socket", hear)
    return { seen, hear }
  }),
  ({ hear }) => Effect.sync(() => unsubscribe("net.client.socket", hear)),
)

describe("telemetry", () => {
  it.scopedLive("without a collector nobody but Withings is spoken to", () =>
    Effect.gen(function* () {
      const simulator = yield* Effect.acquireRelease(
        Effect.promise(() => startSimulator({ years: 0, requestsPerMinute: 100_000 })),
        (running) => Effect.promise(() => running.close()),
      )
      const { seen } = yield* connections
      yield* Effect.gen(function* () {
        yield* signIn(simulator.persons[0]?.name ?? "")
        const status = yield* SyncStatus
        yield* status.progress.pipe(
          Effect.filterOrFail(
            (progress) => progress.length > 0 && progress.every(({ finishedAt }) => finishedAt !== null),
            () => "not complete yet",
          ),
          Effect.retry(Schedule.spaced(Duration.millis(100))),
          Effect.timeout("90 seconds"),
        )
      }).pipe(Effect.provide(Bridge.layer(configFor(simulator.url))))
      assert.deepStrictEqual([...seen], [new URL(simulator.url).host])
    }),
  )

  it.scopedLive("sends metrics and spans to the collector, and nothing that is private or secret", () =>
    Effect.gen(function* () {
      const { sent, url } = yield* collector
      const simulator = yield* Effect.acquireRelease(
        Effect.promise(() => startSimulator({ years: 0.1, requestsPerMinute: 100_000 })),
        (running) => Effect.promise(() => running.close()),
      )
      const name = simulator.persons[0]?.name ?? ""
      const port = yield* Effect.promise(freePort)
      const webhook = { publicUrl: `http://127.0.0.1:${port}`, host: "127.0.0.1", port }
      const config = configFor(simulator.url, { telemetry: url, webhook })
      const person = yield* Effect.gen(function* () {
        const feed = yield* HouseholdFeed
        yield* Effect.forkScoped(feed.follow("home", () => Effect.void))
        const signedIn = yield* signIn(name)
        yield* eventually(
          () =>
            sent.get("/v1/metrics")?.includes("withings.requests") === true &&
            sent.get("/v1/traces")?.includes("home.tell") === true,
        )
        return signedIn
      }).pipe(Effect.scoped, Effect.provide(Bridge.layer(config)))

      const metrics = sent.get("/v1/metrics") ?? ""
      const traces = sent.get("/v1/traces") ?? ""
      for (const metric of ["store.measures", "home.tell.duration", "process.memory.rss"])
        assert.include(metrics, metric)
      assert.include(traces, "withings.request")
      assert.notInclude(traces, "http.client")
      assert.notInclude(traces, "http.server")
      for (const word of [name, person.id, "demo-secret", "code=", "/webhook", "access_token"])
        assert.notInclude(metrics + traces, word)
    }),
  )
})
