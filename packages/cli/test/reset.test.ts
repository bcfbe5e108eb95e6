import { existsSync, rmSync } from "node:fs"
import { join } from "node:path"
import { Bridge, HouseholdFeed, SignIn } from "@withings-bridge/core"
import { Effect } from "effect"
import { expect, it } from "vitest"
import { onEveryStore } from "../../core/test/postgres.ts"
import { walkAuthorizePage } from "../src/demo/walkAuthorizePage.ts"
import { homeOnStore } from "./homeOnStore.ts"
import { runCommand } from "./commandInProcess.ts"

await onEveryStore((store) => {
  it("removes the sign-ins after confirmation, and the settings only with --all", async () => {
    const { config, home, name, simulator } = await homeOnStore(store)
    const follow = Bridge.layerFollower(config)
    const signIn = Effect.gen(function* () {
      const service = yield* SignIn
      const { authorizeUrl } = yield* service.start({ personName: name })
      yield* service.finish(yield* walkAuthorizePage(authorizeUrl, name))
    })
    const known = Effect.map(
      Effect.flatMap(HouseholdFeed, ({ current }) => current),
      ({ persons }) => persons.map((person) => person.name),
    )
    const look = () => Effect.runPromise(known.pipe(Effect.provide(follow)))
    await Effect.runPromise(signIn.pipe(Effect.provide(follow)))

    const unasked = await runCommand("reset", "--home", home)
    expect([unasked.failed, unasked.said]).toEqual([true, expect.stringContaining("--yes")])
    expect(await look()).toEqual([name])

    const reset = await runCommand("reset", "--yes", "--json", "--home", home)
    const { removed } = JSON.parse(reset.said)
    expect(removed[0]).toContain(store.kind === "SQLite" ? "bridge.db" : "tables in the PostgreSQL database")
    // An address of a database has its password before the @.
    expect(reset.said).not.toContain("@")
    expect(await look()).toEqual([])
    expect(existsSync(join(home, "config.yaml"))).toBe(true)

    const all = await runCommand("reset", "--all", "--yes", "--home", home)
    expect(all.said).toContain("Removed. Start over")
    expect(existsSync(join(home, "config.yaml"))).toBe(false)
    await simulator.close()
    rmSync(home, { recursive: true, force: true })
  })
})
