import { assert, it } from "@effect/vitest"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { Effect } from "effect"
import { setTimeout as sleep } from "node:timers/promises"
import { withPostgres } from "../../../packages/core/test/postgres.ts"
import { eventually } from "./eventually.ts"
import { follow, hasHistory, hasWebhooks, joinBy } from "./hubParts.ts"
import { hubOfProcesses } from "./hubProcesses.ts"

/** How long runners are killed, frozen, cut off, told to end and added; `HUB_DRILL_SECONDS=600` for a long drill. */
const seconds = Number(process.env["HUB_DRILL_SECONDS"] ?? 15)
const weighsEvery = 250
/** Longer than a lease lasts. */
const frozenFor = 12_000
/** A runner that was killed has its shards for 25 seconds more, and its persons for a minute. A busy machine triples that. */
const settlesWithin = 300_000

type Hub = Awaited<ReturnType<typeof hubOfProcesses>>
type Home = ReturnType<typeof follow>

/** The revisions at which the home was told of each weigh-in. */
const revisionsOf = ({ told }: Home): ReadonlyMap<string, ReadonlyArray<number>> => {
  const revisions = new Map<string, ReadonlyArray<number>>()
  for (const { household, measured } of told)
    for (const { descriptorId, group, kinds } of measured) {
      const key = `${descriptorId} ${group}`
      if (kinds.includes("weight")) revisions.set(key, [...(revisions.get(key) ?? []), household.revision])
    }
  return revisions
}

const wasTold = (home: Home, group: string) =>
  [...revisionsOf(home).keys()].some((key) => key.endsWith(group))

/** What to look at when weigh-ins do not arrive: whether Withings told the hub, and whether the hub asked Withings. */
const traceOf = (simulator: Simulator, { home, person, weighed }: Resident) => {
  const time = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 19)
  return [
    `missing of ${weighed.length}: ${weighed.filter((group) => !wasTold(home, group)).join()}`,
    `standing: ${JSON.stringify(home.told.at(-1)?.household.persons[0]?.standing)}`,
    ...simulator.deliveries
      .slice(-20)
      .map(({ appli, at, detail, outcome, tries, userid }) =>
        [time(at), "webhook", userid, appli, outcome, tries, detail].join(" "),
      ),
    ...simulator.requests
      .filter((request) => request.person === person)
      .slice(-20)
      .map(({ action, at, status }) => [time(at), action, status].join(" ")),
  ].join("\n")
}

/** Someone whose home follows the hub, and what they weighed. */
const settleIn = async (hub: Hub, simulator: Simulator, person: string) => {
  const { key } = await joinBy({ create: hub.url, join: hub.url }, person)
  const home = follow(hub.url, key)
  const core = await home.start()
  await eventually(`the devices of ${person}`, () => home.told.at(-1)?.household.descriptors.length)
  await eventually(`webhooks of ${person}`, () => hasWebhooks(simulator, person))
  await eventually(`the history of ${person}`, () => hasHistory(core))
  const weighed: Array<string> = []
  const weigh = async (kilograms: number) => {
    const { grpid } = await simulator.weigh(person, kilograms)
    weighed.push(` getmeas:${grpid}`)
  }
  return { person, home, weigh, weighed }
}

type Resident = Awaited<ReturnType<typeof settleIn>>

/** Everyone weighs themselves in turn, now and then with a token that has expired. */
const weighInTurn = async (simulator: Simulator, residents: ReadonlyArray<Resident>, end: number) => {
  for (let weighIns = 0; Date.now() < end; weighIns++) {
    const resident = residents[weighIns % residents.length]
    if (weighIns % 7 === 0) await simulator.faults.expireToken(resident?.person ?? "")
    await resident?.weigh(60 + (weighIns % 4000) / 100)
    await sleep(weighsEvery)
  }
}

/** As if the network between the runners and their database broke. */
const cutOff = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'household%'`

/** One after the other, each before the last one is over. */
const trouble = async (hub: Hub, cut: () => Promise<void>, end: number) => {
  const faults: ReadonlyArray<(runner: Hub["runners"][number]) => Promise<unknown>> = [
    async (runner) => {
      await runner.kill()
      await runner.start()
    },
    async (runner) => {
      runner.freeze()
      await sleep(frozenFor)
      runner.thaw()
    },
    cut,
    async (runner) => {
      await runner.stop()
      await runner.start()
    },
    () => (hub.runners.length < 5 ? hub.add() : Promise.resolve()),
  ]
  const under: Array<Promise<unknown>> = []
  for (let turn = 0; Date.now() < end; turn++) {
    const [fault, runner] = [faults[turn % faults.length], hub.runners[turn % hub.runners.length]]
    if (runner !== undefined && fault !== undefined) under.push(fault(runner))
    await sleep(Math.min(15_000, (seconds * 1000) / faults.length))
  }
  await Promise.all(under)
}

await withPostgres((postgres) => {
  it(
    `runners die, freeze, lose their database and come for ${seconds} seconds: nothing is lost or told twice`,
    async () => {
      const store = await Effect.runPromise(postgres.newDatabase)
      const simulator = await startSimulator({ years: 0, persons: 3, requestsPerMinute: 100_000 })
      const hub = await hubOfProcesses({ store, cloudUrl: simulator.url })
      try {
        await Promise.all([hub.add(), hub.add(), hub.add()])
        const residents = await Promise.all(
          simulator.persons.map(({ name }) => settleIn(hub, simulator, name)),
        )
        const end = Date.now() + seconds * 1000
        const cut = () => Effect.runPromise(postgres.administer(cutOff))
        await Promise.all([weighInTurn(simulator, residents, end), trouble(hub, cut, end)])
        for (const resident of residents) {
          const { home, person, weigh, weighed } = resident
          // Nobody lost their sign-in, whenever a token was refreshed.
          await simulator.faults.expireToken(person)
          await weigh(101)
          await eventually(
            () => `all weigh-ins of ${person}\n${traceOf(simulator, resident)}`,
            () => weighed.every((group) => wasTold(home, group)) || undefined,
            settlesWithin,
          )
          assert.strictEqual(home.told.at(-1)?.household.persons[0]?.standing.state, "signed-in")
          const again = [...revisionsOf(home)].filter(([, revisions]) => revisions.length > 1)
          assert.strictEqual(
            again.map(([weighIn, at]) => `${weighIn}: revisions ${at.join()}`).join("\n"),
            "",
          )
          await home.stop()
        }
      } finally {
        await hub.close()
        await simulator.close()
      }
    },
    1_000_000 + 2000 * seconds,
  )
})
