import { rmSync } from "node:fs"
import { Bridge, History, HouseholdFeed, SignIn } from "@withings-bridge/core"
import { Effect, Schedule } from "effect"
import { expect, it } from "vitest"
import { onEveryStore } from "../../core/test/postgres.ts"
import { walkAuthorizePage } from "../src/demo/walkAuthorizePage.ts"
import { homeOnStore } from "./homeOnStore.ts"
import { runCommand } from "./commandInProcess.ts"

await onEveryStore((store) => {
  it("removes a person after a confirmation, then deletes the history that was kept", async () => {
    const { config, home, name, simulator } = await homeOnStore(store)
    await simulator.weigh(name, 71)
    const measures = Effect.map(
      Effect.flatMap(History, ({ counts }) => counts),
      (counts) => counts.reduce((sum, each) => sum + each.measures, 0),
    )
    const signIn = Effect.gen(function* () {
      const { authorizeUrl } = yield* (yield* SignIn).start({ personName: name })
      yield* (yield* SignIn).finish(yield* walkAuthorizePage(authorizeUrl, name))
      yield* Effect.repeat(measures, { until: (count) => count > 0, schedule: Schedule.spaced("50 millis") })
    })
    await Effect.runPromise(signIn.pipe(Effect.provide(Bridge.layer(config))))
    const known = Effect.gen(function* () {
      const { persons } = yield* Effect.flatMap(HouseholdFeed, ({ current }) => current)
      return { persons: persons.map((person) => person.name), measures: yield* measures }
    })
    const look = () => Effect.runPromise(known.pipe(Effect.provide(Bridge.layerFollower(config))))

    const unasked = await runCommand("remove", name, "--home", home)
    expect([unasked.failed, unasked.said]).toEqual([true, expect.stringContaining("--yes")])
    expect((await look()).persons).toEqual([name])

    const removed = await runCommand("remove", name, "--yes", "--home", home)
    expect(removed.said).toContain(`${name} was removed. The history is kept`)
    const after = await look()
    expect(after.persons).toEqual([])
    expect(after.measures).toBeGreaterThan(0)

    const deleted = await runCommand("remove", name, "--history", "--yes", "--json", "--home", home)
    expect(JSON.parse(deleted.said)).toEqual({ done: true, person: name, deleted: after.measures })
    expect((await look()).measures).toBe(0)
    await simulator.close()
    rmSync(home, { recursive: true, force: true })
  })
})
