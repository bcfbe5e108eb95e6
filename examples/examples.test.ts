import { readFileSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  Bridge,
  type BridgeConfig,
  HouseholdFeed,
  type PartHost,
  readPart,
  SignIn,
  SyncStatus,
} from "@withings-bridge/core"
import { startSimulator } from "@withings-bridge/simulator"
import { Deferred, Effect, Redacted, Schedule } from "effect"
import { gladys } from "withings-gladys/home"
import { expect, it } from "vitest"
import { walkAuthorizePage } from "../packages/cli/src/demo/walkAuthorizePage.ts"
import { weighIns } from "./feed-subscriber/weighIns.ts"
import { newestValues } from "./http-client/newestValues.ts"

const household = Effect.gen(function* () {
  const cloud = yield* Effect.acquireRelease(
    Effect.promise(() => startSimulator({ years: 0.02, requestsPerMinute: 100_000 })),
    (running) => Effect.promise(() => running.close()),
  )
  const home = yield* Effect.acquireRelease(
    Effect.promise(() => mkdtemp(join(tmpdir(), "examples-"))),
    (folder) => Effect.promise(() => rm(folder, { recursive: true })),
  )
  const config: BridgeConfig = {
    home,
    clientId: cloud.clientId,
    clientSecret: Redacted.make(cloud.clientSecret),
    callbackUrl: "http://localhost:7333/callback",
    profiles: [],
    accountUrl: cloud.url,
    apiUrl: cloud.url,
    pollEvery: 300,
    webhook: null,
  }
  return { cloud, config }
})

const eventually = <A, E, R>(look: Effect.Effect<A, E, R>, holds: (seen: A) => boolean) =>
  Effect.filterOrFail(look, holds, (seen) => new Error(`seen: ${JSON.stringify(seen)}`)).pipe(
    // For a minute at most.
    Effect.retry(Schedule.intersect(Schedule.spaced("50 millis"), Schedule.recurs(1200))),
  )

/** Runs both examples over one core; a weighing reaches them. */
const program = Effect.gen(function* () {
  const { cloud, config } = yield* household
  const person = cloud.persons[0]?.name ?? ""
  return yield* Effect.gen(function* () {
    const signIn = yield* SignIn
    const { authorizeUrl } = yield* signIn.start({ personName: person })
    const { id } = yield* signIn.finish(yield* walkAuthorizePage(authorizeUrl, person))

    const printed: Array<string> = []
    yield* Effect.forkScoped(weighIns((line) => printed.push(line)))
    const address = yield* Deferred.make<string>()
    const { settings } = readPart(gladys, { env: { WITHINGS_GLADYS_PORT: "0" }, folder: config.home })
    const host: PartHost = {
      config,
      show: (access) => Effect.asVoid(Deferred.succeed(address, access.address ?? "")),
      accesses: Effect.succeed(new Map()),
      restart: Effect.void,
      restartAfter: (work) => work,
    }
    yield* Effect.forkScoped(gladys.run?.(settings, host) ?? Effect.void)
    const { origin } = new URL(yield* Deferred.await(address))
    const key = readFileSync(join(config.home, "gladys", "api-key"), "utf8").trim()

    // A first history raises no events, so wait for its end.
    const { progress, request } = yield* SyncStatus
    yield* eventually(progress, (all) => all.length > 0 && all.every(({ finishedAt }) => finishedAt !== null))
    yield* eventually((yield* HouseholdFeed).consumers, (all) => all.some(({ name }) => name === "weigh-ins"))
    yield* Effect.promise(() => cloud.weigh(person, 72.4))
    yield* request(id, "getmeas")
    yield* eventually(
      Effect.sync(() => printed),
      (lines) => lines.includes(`${person} weighs 72.4 kg`),
    )
    return yield* eventually(
      Effect.promise(() => newestValues(origin, key)),
      (values) => values.some((line) => line.endsWith("Weight (kg): 72.4")),
    )
  }).pipe(Effect.provide(Bridge.layer(config)))
})

it("a subscriber of the feed prints a weighing, and a client of the HTTP bridge reads it", async () => {
  expect(await Effect.runPromise(Effect.scoped(program))).not.toHaveLength(0)
})
