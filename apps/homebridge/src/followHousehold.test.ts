import { expect, it } from "@effect/vitest"
import { HouseholdFeed, type HouseholdChange } from "@withings-bridge/core"
import { Effect, Fiber, Layer, Queue, Stream, TestClock } from "effect"
import { household, mat, scale } from "../test/sampleHousehold.ts"
import { tellHome } from "./followHousehold.ts"

const changes = Effect.runSync(Queue.unbounded<HouseholdChange>())

const feed = Layer.succeed(HouseholdFeed, {
  current: Effect.succeed(household([scale])),
  changes: () => Stream.never,
  consumers: Effect.succeed([]),
  follow: (_, handler) => Effect.forever(Effect.flatMap(Queue.take(changes), handler)),
})

it.effect("tells every change, and each minute where everything stands", () =>
  Effect.gen(function* () {
    const told: Array<HouseholdChange> = []
    const fiber = yield* Effect.fork(tellHome((change) => told.push(change), "storage"))
    yield* Queue.offer(changes, { household: household([scale, mat]), measured: [], moments: [] })
    yield* TestClock.adjust("59 seconds")
    expect(told.map((change) => change.household.descriptors.length)).toEqual([2])
    yield* TestClock.adjust("61 seconds")
    expect(told.map((change) => change.household.descriptors.length)).toEqual([2, 1, 1])
    yield* Fiber.interrupt(fiber)
  }).pipe(Effect.provide(feed)),
)
