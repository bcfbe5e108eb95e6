import { SqlClient } from "@effect/sql"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { Effect, type Layer, ManagedRuntime, Redacted } from "effect"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { AccessToken } from "../src/withings/account/AccessToken.ts"
import { PersonStore } from "../src/withings/account/PersonStore.ts"
import { TokenStore } from "../src/withings/account/TokenStore.ts"
import { WithingsApi } from "../src/withings/client/WithingsApi.ts"
import { signIn } from "./authorize.ts"
import { startRefreshProxy, type Moment, type RefreshProxy } from "./refreshProxy.ts"
import { startWorker, stopWorker, type Worker } from "./refreshWorkers.ts"
import { configFor, withingsLayer } from "./withingsLayer.ts"
import type { BridgeConfig } from "../src/BridgeConfig.ts"
import { PersonId } from "../src/measure/Person.ts"

/** Short by default; set these for a thousand refreshes and hundreds of kills. */
const refreshesWanted = Number(process.env["WITHINGS_DRILL_REFRESHES"] ?? 24)
const killsWanted = Number(process.env["WITHINGS_DRILL_KILLS"] ?? 4)

type Runtime = ManagedRuntime.ManagedRuntime<Layer.Layer.Success<ReturnType<typeof withingsLayer>>, unknown>
let cloud: Simulator
let proxy: RefreshProxy
let config: BridgeConfig
let here: Runtime
let persons: ReadonlyArray<string>
let workers: Array<Worker> = []
const given = new Set<string>()

const remember = (personId: PersonId) =>
  here.runPromise(
    Effect.map(
      Effect.flatMap(TokenStore, ({ read }) => read(personId)),
      (stored) => {
        for (const pair of [stored?.current, stored?.previous]) {
          if (pair) given.add(Redacted.value(pair.access)).add(Redacted.value(pair.refresh))
        }
      },
    ),
  )
const states = () =>
  here.runPromise(
    Effect.map(
      Effect.flatMap(PersonStore, ({ all }) => all),
      (all) => all.map(({ person }) => person.standing.state),
    ),
  )
const worker = async () => {
  const started = startWorker(config.home, proxy.url)
  workers.push(started)
  await started.ready
  return started
}
/** A killed process leaves its lease behind; ten seconds later it would be free. */
const leasesExpire = () =>
  here.runPromise(Effect.flatMap(SqlClient.SqlClient, (sql) => sql`UPDATE lease SET expires_at = 0`))
const goals = (personId: PersonId) =>
  here.runPromise(Effect.flatMap(WithingsApi, (api) => api.goals(personId)))

beforeEach(async () => {
  cloud = await startSimulator({ years: 0.02, persons: 3, requestsPerMinute: 1_000_000 })
  proxy = await startRefreshProxy(cloud.url)
  config = configFor(proxy.url, { accountUrl: cloud.url })
  here = ManagedRuntime.make(withingsLayer(config))
  const signedIn = []
  for (const { name } of cloud.persons) signedIn.push(await here.runPromise(signIn(name)))
  persons = signedIn.map(({ id }) => id)
})

afterEach(async () => {
  await Promise.all(workers.map(stopWorker))
  workers = []
  await here.dispose()
  await proxy.close()
  await cloud.close()
})

describe("a refresh", () => {
  it(`is one at a time for each person, with three processes at once (${refreshesWanted} times)`, async () => {
    const three = await Promise.all([worker(), worker(), worker()])
    const answers = new Set<string>()
    const drive = async (one: Worker) => {
      let answer = "ok"
      for (let nth = 0; answer === "ok" && proxy.refreshes() < refreshesWanted; nth++) {
        answer = await one.replace(PersonId(persons[nth % persons.length] ?? ""))
        answers.add(answer)
      }
    }
    await Promise.all(three.map(drive))
    expect([...answers]).toEqual(["ok"])
    expect(proxy.mostAtOnce()).toBe(1)
    expect(await states()).toEqual(["signed-in", "signed-in", "signed-in"])
  })

  it(
    `survives SIGKILL at each of its moments (${killsWanted} times), and logs no secret`,
    async () => {
      const moments: ReadonlyArray<Moment> = ["asked", "rotated", "answered", "used"]
      let next = worker()
      for (let kill = 0; kill < killsWanted; kill++) {
        const victim = await next
        next = worker()
        const personId = persons[kill % persons.length] ?? ""
        const wanted = moments[kill % moments.length]
        proxy.onMoment = async (moment) => {
          if (moment !== wanted) return "go"
          proxy.onMoment = () => "go"
          // After the answer the victim is about to commit: kill it at some point before that.
          if (moment === "answered") await new Promise((resolve) => setTimeout(resolve, kill % 7))
          await stopWorker(victim)
          return "cut"
        }
        const answer = await victim.replace(PersonId(personId))
        expect(wanted === "answered" ? ["killed", "ok"] : ["killed"]).toContain(answer)
        await stopWorker(victim)
        await leasesExpire()
        await remember(PersonId(personId))
        expect((await goals(PersonId(personId))).length).toBeGreaterThan(0)
        const survivor = await next
        expect(await survivor.replace(PersonId(personId))).toBe("ok")
        await remember(PersonId(personId))
      }
      expect(await states()).toEqual(["signed-in", "signed-in", "signed-in"])
      const files = readdirSync(config.home).filter((name) => name !== "key")
      const kept = files.map((name) => readFileSync(join(config.home, name), "latin1")).join("")
      const said = workers.map((one) => one.output()).join("")
      expect(given.size).toBeGreaterThan(killsWanted)
      for (const secret of [...given, "demo-secret"]) {
        expect(kept.includes(secret)).toBe(false)
        expect(said.includes(secret)).toBe(false)
      }
    },
    120_000 + killsWanted * 30_000,
  )

  it("survives a lost answer, seven hours later too", async () => {
    const [personId = ""] = persons
    for (const later of [0, 7 * 3600]) {
      let lost = 0
      proxy.onMoment = (moment) => (moment === "rotated" && lost++ < 4 ? "cut" : "go")
      await cloud.faults.expireToken(cloud.persons[0]?.name ?? "")
      const error = await here.runPromise(
        Effect.flip(Effect.flatMap(WithingsApi, (api) => api.goals(PersonId(personId)))),
      )
      expect(error._tag).toBe("Unreachable")
      expect(lost).toBe(4)
      await cloud.advance(later)
      expect((await goals(PersonId(personId))).length).toBeGreaterThan(0)
    }
    expect(await states()).toEqual(["signed-in", "signed-in", "signed-in"])
  })

  it("falls back to the previous pair when the new one is refused", async () => {
    const [personId = ""] = persons
    const rotated = Effect.gen(function* () {
      const tokens = yield* TokenStore
      const stored = yield* tokens.read(PersonId(personId))
      if (stored === null) throw new Error("no tokens")
      const lost = { access: Redacted.make("a"), refresh: Redacted.make("never given out") }
      expect(yield* tokens.rotate(stored, lost, 10_800, 99)).toBe(true)
      // What was read before is no longer what is there.
      expect(yield* tokens.rotate(stored, lost, 10_800, 99)).toBe(false)
    })
    await here.runPromise(rotated)
    expect((await goals(PersonId(personId))).length).toBeGreaterThan(0)
    expect(await states()).toEqual(["signed-in", "signed-in", "signed-in"])
  })

  it.each([7200, -7200])("does not mind a clock %i seconds off", async (skew) => {
    await cloud.faults.clockSkew(skew)
    for (const personId of persons) {
      for (let nth = 0; nth < 3; nth++) expect((await goals(PersonId(personId))).length).toBeGreaterThan(0)
    }
    await cloud.advance(3 * 3600)
    for (const personId of persons) expect((await goals(PersonId(personId))).length).toBeGreaterThan(0)
    expect(await states()).toEqual(["signed-in", "signed-in", "signed-in"])
  })

  it("that is refused for good concerns that person alone, until they sign in again", async () => {
    const [personId = "", other = ""] = persons
    const name = cloud.persons[0]?.name ?? ""
    await cloud.faults.rejectRefresh(name)
    await cloud.faults.expireToken(name)
    const fails = () =>
      here.runPromise(Effect.flip(Effect.flatMap(WithingsApi, (api) => api.goals(PersonId(personId)))))
    const error = await fails()
    expect(error._tag).toBe("NeedsSignIn")
    expect(error.message).toMatch(/^Sign in at Withings again/)
    const asked = proxy.refreshes()
    await fails()
    expect(proxy.refreshes()).toBe(asked)
    expect((await states()).toSorted()).toEqual(["needs-sign-in", "signed-in", "signed-in"])
    expect((await goals(PersonId(other))).length).toBeGreaterThan(0)
    await here.runPromise(signIn(name))
    expect((await goals(PersonId(personId))).length).toBeGreaterThan(0)
  })

  it("that is refused while the person signs in again leaves the new sign-in alone", async () => {
    const [personId = ""] = persons
    const name = cloud.persons[0]?.name ?? ""
    await cloud.faults.rejectRefresh(name)
    await cloud.faults.expireToken(name)
    let signedInAgain = 0
    proxy.onMoment = async (moment) => {
      if (moment === "rotated" && signedInAgain++ === 0) await here.runPromise(signIn(name))
      return "go" as const
    }
    expect((await goals(PersonId(personId))).length).toBeGreaterThan(0)
    expect(signedInAgain).toBe(1)
    expect(await states()).toEqual(["signed-in", "signed-in", "signed-in"])
  })

  it("in a process frozen past its lease does not report the tokens of another as lost", async () => {
    const [personId = ""] = persons
    const frozen = await worker()
    let isFrozen = () => {}
    const asked = new Promise<void>((resolve) => (isFrozen = resolve))
    let thaw = () => {}
    const thawed = new Promise<void>((resolve) => (thaw = resolve))
    proxy.onMoment = async (moment) => {
      if (moment !== "asked") return "go" as const
      proxy.onMoment = () => "go"
      frozen.process.kill("SIGSTOP")
      isFrozen()
      await thawed
      return "go" as const
    }
    const answer = frozen.replace(PersonId(personId))
    await asked
    // Twice, so that neither pair which the frozen one knows is accepted any more.
    for (let nth = 0; nth < 2; nth++) {
      await leasesExpire()
      const stale = await here.runPromise(
        Effect.flatMap(AccessToken, (tokens) => tokens.get(PersonId(personId))),
      )
      await here.runPromise(
        Effect.flatMap(AccessToken, (tokens) => tokens.instead(PersonId(personId), stale)),
      )
      expect((await goals(PersonId(personId))).length).toBeGreaterThan(0)
    }
    thaw()
    frozen.process.kill("SIGCONT")
    expect(await answer).toBe("ok")
    expect(await states()).toEqual(["signed-in", "signed-in", "signed-in"])
  })

  it.each([601, 500, 522, 215])("that fails with status %i never asks anyone to sign in", async (status) => {
    const [personId = ""] = persons
    const stale = await here.runPromise(
      Effect.flatMap(AccessToken, (tokens) => tokens.get(PersonId(personId))),
    )
    await cloud.faults.failNext("requesttoken", status, 4)
    const error = await here.runPromise(
      Effect.flip(Effect.flatMap(AccessToken, (tokens) => tokens.instead(PersonId(personId), stale))),
    )
    expect(["TooManyRequests", "WithingsFailed", "Garbled"]).toContain(error._tag)
    expect(await states()).toEqual(["signed-in", "signed-in", "signed-in"])
  })
})
