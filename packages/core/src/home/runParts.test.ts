import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { it } from "@effect/vitest"
import { Deferred, Effect, Fiber, Queue } from "effect"
import { afterAll, expect } from "vitest"
import type { Part } from "./Home.ts"
import { type PartEvent, runParts } from "./runParts.ts"

const home = mkdtempSync(join(tmpdir(), "parts-"))
afterAll(() => rmSync(home, { recursive: true }))

const part = (name: string, run: NonNullable<Part["run"]>): Part => ({
  name,
  title: name,
  about: name,
  settings: { table: {}, read: () => ({ settings: null, mistakes: [] }) },
  ports: () => [],
  keeps: [],
  run,
})

const access = { address: "http://127.0.0.1:1" }
const staysUp = part("calm", (_, { show }) => Effect.zipRight(show(access), Effect.never))

const eventsOf = (parts: ReadonlyArray<Part>) =>
  Effect.gen(function* () {
    const events = yield* Queue.unbounded<PartEvent>()
    const chosen = parts.map((part) => ({ part, settings: null }))
    const fiber = yield* Effect.forkScoped(
      runParts(home, chosen, (event) => Effect.asVoid(Queue.offer(events, event))),
    )
    return { events, fiber }
  })

it.scopedLive("starts a part again that died of a defect, and leaves the others alone", () =>
  Effect.gen(function* () {
    let lives = 0
    const breaks = part("frail", (_, { show }) =>
      Effect.gen(function* () {
        yield* show(access)
        if (++lives === 1) return yield* Effect.dieMessage("It broke")
        return yield* Effect.never
      }),
    )
    const { events, fiber } = yield* eventsOf([staysUp, breaks])
    const told = yield* Queue.takeN(events, 4)
    const of = (name: string) => [...told].filter(({ part }) => part.name === name)
    expect(of("calm").map(({ type }) => type)).toEqual(["up"])
    expect(of("frail")).toMatchObject([
      { type: "up" },
      { type: "ended", why: "It broke", again: 1, wasUp: true },
      { type: "up" },
    ])
    yield* Fiber.interrupt(fiber)
  }),
)

it.scopedLive("continues without a part that cannot start, and fails when none can", () =>
  Effect.gen(function* () {
    const cannot = part("absent", () => Effect.fail({ message: "Port 1 is taken." }))
    const { events, fiber } = yield* eventsOf([staysUp, cannot])
    expect([...(yield* Queue.takeN(events, 2))].map(({ type }) => type).toSorted()).toEqual(["ended", "up"])
    yield* Fiber.interrupt(fiber)
    const alone = yield* eventsOf([cannot])
    expect(yield* Effect.flip(Fiber.join(alone.fiber))).toMatchObject({
      message: "absent could not start: Port 1 is taken.",
    })
  }),
)

it.scopedLive("counts no part as absent that came up later", () =>
  Effect.gen(function* () {
    let lives = 0
    const isUp = yield* Deferred.make<void>()
    const late = part("late", (_, { show }) =>
      ++lives === 1
        ? Effect.fail({ message: "Port 1 is taken." })
        : show(access).pipe(
            Effect.zipRight(Deferred.succeed(isUp, undefined)),
            Effect.zipRight(Effect.never),
          ),
    )
    const cannot = part("absent", () =>
      Effect.zipRight(Deferred.await(isUp), Effect.fail({ message: "No network." })),
    )
    const { events, fiber } = yield* eventsOf([late, cannot])
    const told = [...(yield* Queue.takeN(events, 3))].map(({ part, type }) => `${part.name} ${type}`)
    expect(told).toEqual(["late ended", "late up", "absent ended"])
    yield* Fiber.interrupt(fiber)
  }),
)

it.scopedLive("restarts with a new core when a part asks for it", () =>
  Effect.gen(function* () {
    const asked = yield* Deferred.make<void>()
    const saves = part("page", (_, { restart, show }) =>
      Effect.gen(function* () {
        yield* show(access)
        if (yield* Deferred.succeed(asked, undefined)) yield* restart
        return yield* Effect.never
      }),
    )
    const { events, fiber } = yield* eventsOf([saves])
    expect([...(yield* Queue.takeN(events, 2))].map(({ type }) => type)).toEqual(["up", "up"])
    yield* Fiber.interrupt(fiber)
  }),
)

it.scopedLive("does work between two lives, while no part runs", () =>
  Effect.gen(function* () {
    const running = { parts: 0 }
    const during = yield* Deferred.make<number>()
    const work = Effect.suspend(() => Effect.asVoid(Deferred.succeed(during, running.parts)))
    let isFirst = true
    const restores = part("page", (_, { restartAfter, show }) =>
      Effect.gen(function* () {
        yield* Effect.acquireRelease(
          Effect.sync(() => running.parts++),
          () => Effect.sync(() => running.parts--),
        )
        yield* show(access)
        if (isFirst) yield* restartAfter(work)
        isFirst = false
        return yield* Effect.never
      }),
    )
    const { events, fiber } = yield* eventsOf([restores, staysUp])
    expect(yield* Deferred.await(during)).toBe(0)
    expect([...(yield* Queue.takeN(events, 4))].map(({ type }) => type)).toEqual(["up", "up", "up", "up"])
    yield* Fiber.interrupt(fiber)
  }),
)
