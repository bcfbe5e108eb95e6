import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Bridge, BridgeConfig, HouseholdFeed, SignIn, Weighings } from "@withings-bridge/core"
import { type Simulator, startSimulator } from "@withings-bridge/simulator"
import { Effect, Schedule } from "effect"
import { afterAll, beforeAll, expect, it } from "vitest"
import { walkAuthorizePage } from "../src/demo/walkAuthorizePage.ts"
import { runCommand } from "./commandInProcess.ts"

let home: string
let simulator: Simulator

const said = async (...args: ReadonlyArray<string>) => (await runCommand(...args, "--home", home)).said

const rules = [
  { name: "Light", when: "below", measure: "weight", value: 400 },
  { name: "Battery", when: "battery-low" },
]

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "withings-rules-"))
  simulator = await startSimulator({ years: 0, persons: 1 })
  const withings = {
    client_id: simulator.clientId,
    client_secret: simulator.clientSecret,
    account_url: simulator.url,
    api_url: simulator.url,
  }
  writeFileSync(join(home, "config.yaml"), JSON.stringify({ withings, rules }), { mode: 0o600 })
  const config = await Effect.runPromise(BridgeConfig.loadWith({ home, env: {} }))
  const name = simulator.persons[0]?.name ?? ""
  await simulator.weigh(name, 71)
  await simulator.weigh(name, 77.7, { ambiguous: true })
  const known = Effect.gen(function* () {
    const { descriptors } = yield* (yield* HouseholdFeed).current
    const isWeighed = descriptors.some(({ features }) =>
      features.some(({ kind, reading }) => kind === "weight" && reading !== null),
    )
    return isWeighed && (yield* (yield* Weighings).all).length > 0
  })
  const signIn = Effect.gen(function* () {
    const { authorizeUrl } = yield* (yield* SignIn).start({ personName: name })
    yield* (yield* SignIn).finish(yield* walkAuthorizePage(authorizeUrl, name))
    yield* Effect.repeat(known, { until: (all) => all, schedule: Schedule.spaced("50 millis") })
  })
  await Effect.runPromise(signIn.pipe(Effect.provide(Bridge.layer(config))))
})

afterAll(async () => {
  await simulator.close()
  rmSync(home, { recursive: true, force: true })
})

it("shows the state of each rule and its last 90 days, unless its past is not kept", async () => {
  const name = simulator.persons[0]?.name ?? ""
  const text = await said("rules")
  expect(text).toMatch(new RegExp(`Light +${name} +holds +1×, last `))
  expect(text).toMatch(new RegExp(`Battery +${name} +does not hold +not kept`))
  const listed: ReadonlyArray<unknown> = JSON.parse(await said("rules", "--json"))
  expect(listed).toMatchObject([
    { rule: { name: "Light" }, person: name, state: "holds", held: [{ from: expect.any(Number), to: null }] },
    { rule: { name: "Battery" }, person: name, state: "does not hold", held: null },
  ])
})

it("lists an unattributed weighing and assigns it", async () => {
  const name = simulator.persons[0]?.name ?? ""
  const open = await said("weighings")
  expect(open).toMatch(new RegExp(`77\\.7 kg +${name}.* open`))
  const [, id = ""] = /weighings assign (\w+) /.exec(open) ?? []
  expect(await said("weighings", "assign", "ffffffffff", name)).toContain('There is no weighing "ffffffffff"')
  expect(await said("weighings", "assign", id, "Zoe")).toContain("It cannot be Zoe's")
  expect(await said("weighings", "assign", id, "nobody")).toContain("belongs to nobody now")
  expect(await said("weighings", "assign", id, name)).toContain(`(77.7 kg) is ${name}'s now`)
  expect(await said("weighings")).toContain("No weighing is waiting to be assigned.")
  expect(await said("weighings", "--all")).toMatch(new RegExp(`77\\.7 kg +.* ${name}`))
})

it("takes a single word that is nobody's name for a kind of the first person", async () => {
  const name = simulator.persons[0]?.name ?? ""
  expect(await said("measures", "weight")).toContain(`Weight of ${name}: `)
  expect(await said("measures", "weight")).toBe(await said("measures", name, "weight"))
  expect(await said("measures", name.toLowerCase())).toContain(`Measures of ${name}:`)
  expect(await said("measures", "wieght")).toContain('Nobody here is called "wieght"')
})
