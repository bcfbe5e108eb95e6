import { type Simulator, startSimulator } from "@withings-bridge/simulator"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { installPacked } from "../../../apps/homebridge/test/packedPlugin.ts"
import { freePort } from "../../core/test/freePort.ts"
import { aheadOf, atMovingTimeOf, atTimeOf } from "../../simulator/test/householdClock.ts"
import { appleHome } from "./homes/AppleHome.ts"
import { gladysHome } from "./homes/GladysHome.ts"
import { matterHome } from "./homes/MatterHome.ts"
import { eventually, presses, toldAt, type RealHome, type Thing } from "./homes/RealHome.ts"

/** Milliseconds within which all homes must get a change; half a second was seen on a busy machine. */
const together = 5000
/** Seconds in bed before homes show it: far more than they need to restart. */
const occupiedAfter = 900
const hour = 3600

/**
 * One household in Apple Home, Matter and Gladys at once, in the order of a day: three apps over one home folder, each
 * with a real controller. Ann weighs herself, walks, goes to bed and gets up; the apps are restarted in between.
 */
describe("one household in three homes", () => {
  let folder: string
  let simulator: Simulator
  let homes: ReadonlyArray<RealHome>
  let environment: Record<string, string>
  let clock: string
  const ann = "Ann"

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "withings-three-homes-"))
    const home = path.join(folder, "home")
    clock = path.join(folder, "clock")
    const plugin = await installPacked(path.join(folder, "installed"))
    simulator = await startSimulator({
      years: 0,
      persons: 1,
      time: "2026-03-01T12:00:00Z",
      requestsPerMinute: 100_000,
    })
    const port = await freePort()
    const config = {
      withings: {
        client_id: simulator.clientId,
        client_secret: simulator.clientSecret,
        account_url: simulator.url,
        api_url: simulator.url,
        bed_occupied_after: occupiedAfter,
        bed_clear_after: 2,
        webhook: { public_url: `http://127.0.0.1:${port}`, host: "127.0.0.1", port },
      },
      rules: [{ name: "Heavy", when: "above", measure: "weight", value: 75, hysteresis: 0.5 }],
    }
    mkdirSync(home, { mode: 0o700 })
    writeFileSync(path.join(home, "config.yaml"), JSON.stringify(config), { mode: 0o600 })
    environment = { WITHINGS_BRIDGE_HOME: home }
    const apple = appleHome(folder, plugin)
    homes = [apple, matterHome(), gladysHome()]
    await apple.signIn(ann, { ...environment, ...atTimeOf(simulator) })
    await startAll()
    await eventually(
      () => `webhooks; requests so far: ${answered().join(", ")}`,
      () => ["1", "16", "44", "50", "51"].every((appli) => subscribedTo().includes(appli)),
    )
  }, 600_000)

  afterEach(({ task }) => {
    if (task.result?.state === "fail")
      for (const { name, told } of homes) console.log(name, JSON.stringify(told))
  })
  afterAll(async () => {
    await Promise.all(homes.map((home) => home.stop()))
    await Promise.all(homes.map((home) => home.close()))
    await simulator.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const answered = () => [...new Set(simulator.requests.map(({ action, status }) => `${action} ${status}`))]
  const subscribedTo = () =>
    simulator.requests
      .filter(({ action, status }) => action === "subscribe" && status === 0)
      .map(({ params }) => String(params["appli"]))
  const startAll = async () => {
    writeFileSync(clock, aheadOf(simulator))
    await Promise.all(
      homes.map((home) => home.start({ ...environment, ...atMovingTimeOf(simulator, clock) })),
    )
  }
  /** Lets time pass, also for the running apps. */
  const pass = async (seconds: number) => {
    await simulator.advance(seconds)
    writeFileSync(clock, aheadOf(simulator))
  }
  const stopAll = () => Promise.all(homes.map((home) => home.stop()))
  const states = (thing: "heavy" | "bed") => Promise.all(homes.map((home) => home.state(thing)))
  const pressed = (thing: Thing) => homes.map((home) => presses(home, thing))

  const allShow = async (thing: "heavy" | "bed", value: number) => {
    let seen: ReadonlyArray<unknown> = []
    await eventually(
      () => `${thing} ${value} in all homes; now ${seen.join(", ")}`,
      async () => (seen = await states(thing)).every((state) => state === value),
    )
  }
  /** All homes get a change at about the same time, and show it. */
  const expectChange = async (act: () => Promise<unknown>, thing: "heavy" | "bed", value: number) => {
    const since = performance.now()
    await act()
    const times = () => homes.flatMap((home) => toldAt(home, { thing, value, since }) ?? [])
    await eventually(
      () => `${thing} ${value} to be told in all homes; now in ${times().length}`,
      () => times().length === homes.length,
    )
    const apart = Math.max(...times()) - Math.min(...times())
    console.log(`${thing} ${value}: all homes got it within ${Math.round(apart)} ms`)
    expect(apart).toBeLessThan(together)
    await allShow(thing, value)
  }
  const expectPresses = async (thing: Thing, times: number) => {
    await eventually(
      () => `${thing} ${times} times in all homes: ${pressed(thing).join(", ")}`,
      () => pressed(thing).every((seen) => seen >= times),
    )
    expect(pressed(thing)).toEqual([times, times, times])
  }

  it("a rule switches in all of them at the same moment, with the same hysteresis", async () => {
    await simulator.weigh(ann, 70)
    await allShow("heavy", 0)
    for (const [kilograms, value] of [
      [80, 1],
      [74.2, 0],
      [75.1, 1],
    ] as const)
      await expectChange(() => simulator.weigh(ann, kilograms), "heavy", value)
    await expectPresses("weighed", 4)
    // More than 75 began it; it ends below 74.5.
    await simulator.weigh(ann, 74.6)
    await expectPresses("weighed", 5)
    expect(await states("heavy")).toEqual([1, 1, 1])
  })

  it("a goal is reached once", async () => {
    await simulator.walk(ann, 30_000)
    await expectPresses("goal", 1)
    expect(pressed("weighed")).toEqual([5, 5, 5])
  })

  it("the delay of a bed survives a restart of all homes, and they get the change once", async () => {
    await simulator.goToBed(ann)
    await stopAll()
    await startAll()
    await allShow("bed", 0)
    expect(await states("heavy")).toEqual([1, 1, 1])
    expect(pressed("went to bed")).toEqual([0, 0, 0])
    // An app looks at the clock within a minute, and whenever something else happens.
    const passAndWeigh = async () => {
      await pass(occupiedAfter)
      await simulator.weigh(ann, 76)
    }
    await expectChange(passAndWeigh, "bed", 1)
    await expectPresses("went to bed", 1)
    await expectPresses("weighed", 6)
  })

  it("changes while all homes were stopped switch the rule and press no button", async () => {
    await stopAll()
    await simulator.weigh(ann, 70)
    await simulator.advance(8 * hour)
    await startAll()
    await allShow("heavy", 0)
    expect(pressed("weighed")).toEqual([6, 6, 6])
  })

  it("getting up is reported once, and so is the night", async () => {
    await expectChange(() => simulator.getUp(ann), "bed", 0)
    await expectPresses("got up", 1)
    await expectPresses("night", 1)
    const all: ReadonlyArray<readonly [Thing, number]> = [
      ["weighed", 6],
      ["goal", 1],
      ["went to bed", 1],
      ["got up", 1],
      ["night", 1],
    ]
    for (const [thing, times] of all) expect(pressed(thing)).toEqual([times, times, times])
  })
}, 600_000)
