import { assert, it } from "@effect/vitest"
import { Effect, Fiber, TestClock } from "effect"
import * as fc from "effect/FastCheck"
import { nextOf, type Waiting } from "./fairOrder.ts"
import { makeRequestLines, type Grant } from "./RequestLine.ts"

const importance = ["sign-in", "webhook", "poll", "history"] as const
const persons = ["ann", "bob", "cas", "dan"]
const request = fc.record({
  priority: fc.constantFrom(...importance),
  person: fc.constantFrom(...persons),
})

/** Serves everyone who waits. */
const serve = (all: ReadonlyArray<Waiting>): ReadonlyArray<Waiting> => {
  const waiting = new Set(all.map((one) => ({ ...one })))
  const served = new Map<string, number>()
  const order: Array<Waiting> = []
  for (let next = nextOf(waiting, served); next !== null; next = nextOf(waiting, served)) {
    waiting.delete(next)
    order.push(next)
    served.set(next.person, order.length)
  }
  return order
}

it("everyone is served, the important first, and nobody twice while another of the same kind waits", () => {
  fc.assert(
    fc.property(fc.array(request, { maxLength: 40 }), (all) => {
      const order = serve(all)
      assert.lengthOf(order, all.length)
      const ranks = order.map(({ priority }) => importance.indexOf(priority))
      assert.deepStrictEqual(
        ranks,
        ranks.toSorted((one, other) => one - other),
      )
      for (const kind of importance) {
        const counts = new Map<string, number>()
        const ofKind = order.filter(({ priority }) => priority === kind)
        ofKind.forEach(({ person }, at) => {
          const mine = counts.get(person) ?? 0
          const waits = ofKind.slice(at).map((one) => one.person)
          for (const other of waits) assert.isAtMost(mine, (counts.get(other) ?? 0) + 1)
          counts.set(person, mine + 1)
        })
      }
    }),
  )
})

it.effect("a history that fills the line delays neither another person nor a webhook", () =>
  Effect.gen(function* () {
    const { waitFor } = makeRequestLines()
    const order: Array<string> = []
    let tries = 0
    let free = 0
    const attempt = Effect.sync((): Grant => {
      tries++
      if (free === 0) return { wait: 1000 }
      free--
      return null
    })
    const ask = (name: string, waiting: Waiting) =>
      Effect.fork(Effect.tap(waitFor("app", waiting, attempt), () => Effect.sync(() => order.push(name))))
    const fibers = []
    for (let n = 0; n < 100; n++) fibers.push(yield* ask(`ann ${n}`, { priority: "history", person: "ann" }))
    fibers.push(yield* ask("bob", { priority: "history", person: "bob" }))
    fibers.push(yield* ask("webhook", { priority: "webhook", person: "ann" }))
    yield* TestClock.adjust("10 seconds")
    // A hundred who wait try as often as one, and the webhook that came tried for itself.
    assert.isAtMost(tries, 25)
    free = 200
    yield* TestClock.adjust("2 seconds")
    for (const fiber of fibers) yield* Fiber.join(fiber)
    assert.strictEqual(order[0], "webhook")
    assert.strictEqual(order[1], "bob")
    assert.lengthOf(order, 102)
  }),
)

it.effect("one that is given up makes room for the next", () =>
  Effect.gen(function* () {
    const { waitFor } = makeRequestLines()
    const never = Effect.succeed<Grant>({ wait: 60_000 })
    const first = yield* Effect.fork(waitFor("app", { priority: "poll", person: "ann" }, never))
    yield* TestClock.adjust("1 second")
    const second = yield* Effect.fork(
      waitFor("app", { priority: "history", person: "bob" }, Effect.succeed<Grant>(null)),
    )
    yield* TestClock.adjust("1 second")
    yield* Fiber.interrupt(first)
    yield* Fiber.join(second)
  }),
)
