import {
  Bridge,
  History,
  HouseholdFeed,
  type HouseholdChange,
  LeftOut,
  PersonRemoval,
  SignIn,
  SyncStatus,
  DescriptorId,
} from "@withings-bridge/core"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { type Context, Effect, Exit, Layer, Redacted, Scope, Stream } from "effect"
import { expect, it } from "vitest"
import { authorize } from "../../../packages/core/test/authorize.ts"
import type { Postgres } from "../../../packages/core/test/embeddedPostgres.ts"
import { withPostgres } from "../../../packages/core/test/postgres.ts"
import { unlimited } from "../../../packages/core/test/unhurried.ts"
import { configFor } from "../../../packages/core/test/withingsLayer.ts"
import { eventually } from "./eventually.ts"
import { api, homeConfig, startRunners } from "./hubParts.ts"

interface Mode {
  readonly name: string
  readonly layer: (
    simulator: Simulator,
  ) => Promise<{ readonly core: Layer.Layer<Bridge, unknown>; readonly close: () => Promise<void> }>
}

const nothing = () => Promise.resolve()

const modesOn = (postgres: Postgres): ReadonlyArray<Mode> => [
  {
    name: "a home on SQLite",
    layer: async ({ url }) => ({ core: Bridge.layer(configFor(url)), close: nothing }),
  },
  {
    name: "a home on PostgreSQL",
    layer: async ({ url }) => {
      const store = await Effect.runPromise(postgres.newDatabase)
      return { core: Bridge.layer(configFor(url, { store })), close: nothing }
    },
  },
  {
    name: "a home that follows a hub",
    layer: async (simulator) => {
      const store = await Effect.runPromise(postgres.newDatabase)
      const runners = await startRunners(store, simulator, unlimited)
      const [{ url }] = runners
      const household = await api(url, "POST", "/api/households", { name: "three modes" })
      const path = `/api/households/${(household.body as { id: string }).id}/keys`
      const { key } = (await api(url, "POST", path, { name: "home" })).body as { key: string }
      return {
        core: Bridge.layer(homeConfig({ url, key: Redacted.make(key) })),
        close: async () => {
          for (const runner of runners) await runner.stop()
        },
      }
    },
  },
]

const weightsIn = (told: ReadonlyArray<HouseholdChange>) =>
  told.flatMap(({ measured }) => measured.filter(({ kinds }) => kinds.includes("weight")))

const scaleIn = (told: ReadonlyArray<HouseholdChange>) =>
  told.at(-1)?.household.descriptors.find(({ features }) => features.some(({ key }) => key === "weight"))

/** What every app relies on, asked of the services alone. Answers what is left at the end: nothing. */
const contract = async (context: Context.Context<Bridge>, scope: Scope.Scope, simulator: Simulator) => {
  const run = <A, E>(effect: Effect.Effect<A, E, Bridge>) =>
    Effect.runPromise(Effect.provide(effect, context))
  const told: Array<HouseholdChange> = []
  const following = Effect.flatMap(HouseholdFeed, (feed) =>
    feed.follow("contract", (change) => Effect.sync(() => void told.push(change))),
  )
  Effect.runFork(Effect.provide(following, context), { scope })

  // Sign-in: an address to open, and the person who comes back from there.
  const { authorizeUrl } = await run(Effect.flatMap(SignIn, (signIn) => signIn.start({ personName: "Ann" })))
  const landedOn = await Effect.runPromise(authorize(authorizeUrl, "Ann"))
  const { id, name } = await run(Effect.flatMap(SignIn, (signIn) => signIn.finish(landedOn)))
  expect(name).toBe("Ann")
  const wrong = await run(Effect.either(Effect.flatMap(SignIn, (signIn) => signIn.finish(landedOn))))
  expect(wrong._tag).toBe("Left")

  // Sync status: a first history that ends.
  await eventually("the first history", async () => {
    const progress = await run(Effect.flatMap(SyncStatus, (status) => status.progress))
    return progress.find(({ feed }) => feed === "getmeas")?.finishedAt ?? undefined
  })

  // Feed: a weigh-in is told once, also when it is asked for again.
  const ask = () => run(Effect.flatMap(SyncStatus, (status) => status.request(id, "getmeas")))
  await simulator.weigh("Ann", 71.4)
  await ask()
  await eventually("the weigh-in", () => weightsIn(told)[0])
  await ask()
  await eventually("an answer to all that was asked", async () => {
    const waiting = await run(Effect.flatMap(SyncStatus, (status) => status.waiting))
    return waiting.length === 0 || undefined
  })
  expect(weightsIn(told)).toHaveLength(1)

  // History: the same value, found in every way.
  const history = await run(History)
  const stretch = { personId: id, feature: "weight", from: 0, to: 4_000_000_000 }
  // One for each source: on some days a weight was entered by hand, too.
  const latest = (await run(history.latest(id))).filter(({ kind }) => kind === "weight")
  expect(latest.map(({ value }) => value)).toContain(71.4)
  const points = await run(history.range(stretch))
  expect(points.at(-1)?.value).toBe(71.4)
  expect(await run(history.count(stretch))).toBe(points.length)
  expect(await run(history.newest({ ...stretch, take: 1 }))).toEqual(points.slice(-1))
  const all = [...(await run(Stream.runCollect(history.all(id))))]
  expect(all.length).toBeGreaterThan(1)
  expect(all.filter(({ kind }) => kind === "weight")).toHaveLength(points.length)

  // Left out: gone from the homes, and back.
  const scale = scaleIn(told)?.id ?? DescriptorId("")
  const leftOut = await run(LeftOut)
  await run(leftOut.leaveOut(scale))
  const isShown = () => told.at(-1)?.household.descriptors.some(({ id }) => id === scale)
  await eventually("a household without it", () => isShown() === false || undefined)
  expect(await run(leftOut.ids)).toEqual(new Set([scale]))
  await run(leftOut.add(scale))
  await eventually("a household with it", () => isShown() || undefined)

  // Removal: the person goes, and with them their history.
  await run(Effect.flatMap(PersonRemoval, (removal) => removal.remove(id, { history: "delete" })))
  await eventually("an empty household", () => told.at(-1)?.household.persons.length === 0 || undefined)
  return run(history.counts)
}

await withPostgres((postgres) => {
  for (const mode of modesOn(postgres))
    it(`${mode.name}: feed, history, sign-in, sync status, left out and removal are the same`, async () => {
      const simulator = await startSimulator({ years: 0, requestsPerMinute: 100_000 })
      const { close, core } = await mode.layer(simulator)
      const scope = Effect.runSync(Scope.make())
      const context = await Effect.runPromise(Layer.buildWithScope(Layer.fresh(core), scope))
      const left = await contract(context, scope, simulator)
      expect(left).toEqual([])
      await Effect.runPromise(Scope.close(scope, Exit.void))
      await close()
      await simulator.close()
    }, 240_000)
})
