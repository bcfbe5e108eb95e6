import { Environment } from "@matter/main"
import { BridgedDeviceBasicInformationClient } from "@matter/main/behaviors/bridged-device-basic-information"
import { OccupancySensingClient } from "@matter/main/behaviors/occupancy-sensing"
import { PowerSourceClient } from "@matter/main/behaviors/power-source"
import { SwitchClient } from "@matter/main/behaviors/switch"
import { readdirSync, readFileSync, statSync, truncateSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { BridgeProcess, command } from "./BridgeProcess.ts"
import { deviations } from "./conformance.ts"
import { Controller, eventually } from "./controller.ts"
import { OlderController } from "./OlderController.ts"
import { isListening, isSubscribed, signedInHousehold, type WithingsHousehold } from "./withingsHousehold.ts"

const port = 5540
/** Without subscriptions kept from the first process on, a controller needs 105 s to come back. */
const backWithin = 90_000

let household: WithingsHousehold
let bridge: BridgeProcess
let controller: Controller
let codes: string

const start = async (args: ReadonlyArray<string> = []) => {
  bridge = new BridgeProcess(household.home, port, args)
  return bridge.ready
}

beforeAll(async () => {
  household = await signedInHousehold({ health: ["Bob"] })
  Environment.default.vars.set("storage.path", join(household.home, "controller"))
  codes = (await start()).manualPairingCode
  controller = await Controller.start("home", Environment.default)
  await controller.commission(codes)
  // The subscriptions share Withings' 120 requests a minute with the first history.
  await eventually("webhooks", () => isSubscribed(household.simulator, "Ann"), 100_000)
})
afterAll(async () => {
  await bridge.stop()
  await controller.close()
  await household.simulator.close()
})

const labels = () =>
  new Map(
    [...controller.bridged.values()].map((endpoint) => [
      endpoint.maybeStateOf(BridgedDeviceBasicInformationClient)?.nodeLabel ?? "",
      endpoint,
    ]),
  )
const labelled = (pattern: RegExp) =>
  eventually(
    `an endpoint labelled ${pattern}`,
    () => [...labels()].find(([label]) => pattern.test(label))?.[1],
  )
const bed = () => labelled(/^Ann.s bed$/)
const numbers = () => Object.fromEntries([...labels()].map(([label, { number }]) => [label, number]))

describe("a Matter controller", () => {
  it("sees the household's functions, each conformant", async () => {
    await bed()
    expect([...labels().keys()]).toEqual(
      expect.arrayContaining(["Anyone in bed", "Ann weighed", "Ann's night"]),
    )
    expect([...controller.bridged.values()].flatMap(deviations)).toEqual([])
  })

  it("is shown nothing of a name that nobody bears, and the log says so once", async () => {
    const told = () => bridge.output.match(/^[\d-]+ [\d:]+ Warning: .* names Bob[, ]/gm)?.length
    await eventually("the warning", told)
    expect(told()).toBe(1)
    expect(bridge.output).not.toContain("timestamp=")
  })

  it("gets bed in, bed out and a weigh-in as they happen", async () => {
    const occupied = async () => (await bed()).stateOf(OccupancySensingClient).occupancy.occupied
    const before = await occupied()
    await (before ? household.simulator.getUp("Ann") : household.simulator.goToBed("Ann"))
    const sensor = await bed()
    await eventually("the other", () => sensor.stateOf(OccupancySensingClient).occupancy.occupied === !before)

    let presses = 0
    const scale = await labelled(/^Ann weighed$/)
    scale.eventsOf(SwitchClient).initialPress?.on(() => {
      presses++
    })
    await household.simulator.weigh("Ann", 64.2)
    await eventually("the weigh-in", () => presses === 1)
    await household.simulator.goToBed("Ann")
    await eventually("bed in", () => sensor.stateOf(OccupancySensingClient).occupancy.occupied === true)
    expect(presses).toBe(1)
  })

  it("keeps the name that it gave, and every number, over a restart that it hardly notices", async () => {
    const before = numbers()
    const scale = await labelled(/^Ann weighed$/)
    await scale.setStateOf(BridgedDeviceBasicInformationClient, { nodeLabel: "Ann's scale" })
    const { battery, deviceid } = monitor()
    const low = battery === "low" ? "high" : "low"

    await bridge.stop()
    await household.simulator.setBattery(deviceid, low)
    const { commissioned } = await start()
    expect(commissioned).toBe(true)
    // One person of those who share it carries its battery.
    await eventually(
      "the battery that changed meanwhile",
      () =>
        [...labels()].some(
          ([label, endpoint]) =>
            label.endsWith("blood pressure") &&
            endpoint.maybeStateOf(PowerSourceClient)?.batChargeLevel === (low === "low" ? 1 : 0),
        ),
      backWithin,
    )
    const { ["Ann's scale"]: renamed, ...others } = numbers()
    expect(Object.values(before)).toContain(renamed)
    expect(before).toMatchObject(others)
  })

  it("comes back after a kill just as well", async () => {
    await bridge.stop("SIGKILL")
    await start()
    const sensor = await bed()
    // Whoever was killed holds the lease of the webhooks until it expires.
    await eventually("webhooks to be heard again", () => isListening(household.webhookPort))
    await household.simulator.getUp("Ann")
    await eventually(
      "bed out",
      () => sensor.stateOf(OccupancySensingClient).occupancy.occupied === false,
      backWithin,
    )
    expect(command(household.home, "fabrics").output).toMatch(/home/)
  })

  const monitor = () => {
    const device = household.simulator.persons[0]?.devices.find(
      ({ type }) => type === "Blood Pressure Monitor",
    )
    if (device === undefined) throw new Error("The simulated household has no blood-pressure monitor")
    return device
  }
})

describe("a second controller, of matter.js 0.13", () => {
  it("joins through a new window, gets a weigh-in, and is removed without the first", async () => {
    expect(command(household.home, "open-window").status).toBe(0)
    const older = new OlderController(join(household.home, "older"), codes)
    const seen = await eventually("the older controller to see the bridge", () => older.bridged)
    expect(seen.map(({ number }) => number).toSorted()).toEqual([...controller.bridged.keys()].toSorted())
    expect(command(household.home, "fabrics").output).toMatch(/home\n2 .*older/)

    const scale = (await labelled(/^Ann's scale$/)).number
    await household.simulator.weigh("Ann", 64.1)
    await eventually("the press", () =>
      older.lines.some(({ endpoint, event }) => endpoint === scale && event === "initialPress"),
    )
    expect(command(household.home, "remove-fabric", "2").output).not.toContain("older")
    expect(command(household.home, "remove-fabric", "2").status).toBe(1)
    await older.stop()
  })
})

describe("who runs the bridge", () => {
  it("sees its codes and controllers, and finds the files private", async () => {
    expect(command(household.home, "pairing").output).toContain(codes.slice(0, 4))
    expect(command(household.home, "fabrics").output).toMatch(/^1 .*home/)
    for (const file of ["pairing.json", "endpoints.json", "control.sock"])
      expect(statSync(join(household.home, "matter", file)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(join(household.home, "matter", "pairing.json"), "utf8"))).toMatchObject({
      manualPairingCode: codes,
      port,
      commissioned: true,
    })
  })

  it("has the flags that keep the memory small, however it was started", () => {
    const words = readFileSync(`/proc/${bridge.process.pid}/cmdline`, "utf8").split("\0")
    expect(words).toContain("--max-semi-space-size=2")
    expect(readFileSync(`/proc/${bridge.process.pid}/environ`, "utf8")).toContain("MALLOC_ARENA_MAX=1")
  })

  it("is told in one sentence when a second bridge is started on the same folder or port", async () => {
    const second = new BridgeProcess(household.home, port + 1)
    expect(await second.exited).toBe(1)
    expect(second.output.trim().split("\n").at(-1)).toMatch(/^Another withings-matter is running on \S+: /)
    const other = new BridgeProcess(join(household.home, "other"), port)
    expect(await other.exited).toBe(1)
    expect(other.output.trim().split("\n").at(-1)).toMatch(/^UDP port 5540 is taken/)
    expect(second.output + other.output).not.toMatch(/^ +at /m)
  })

  it("finds a damaged file kept aside, and the rest unharmed", async () => {
    await bridge.stop()
    const stored = join(household.home, "matter", "withings-bridge")
    const damaged = "root.generalDiagnostics.rebootCount"
    truncateSync(join(stored, damaged), 0)
    const { commissioned } = await start()
    expect(commissioned).toBe(true)
    expect(bridge.output).toContain("was damaged and is kept as")
    const aside = readdirSync(join(household.home, "matter")).find((name) => name.startsWith("damaged-"))
    expect(readdirSync(join(household.home, "matter", aside ?? ""))).toEqual([damaged])
  })

  it("resets only when it is meant, and the bridge can be paired again at once under the same numbers", async () => {
    const before = new Set(controller.bridged.keys())
    const refused = command(household.home, "factory-reset")
    expect([refused.status, refused.output]).toEqual([1, expect.stringContaining("--yes")])
    expect(command(household.home, "fabrics").output).toMatch(/home/)

    expect(command(household.home, "factory-reset", "--yes").status).toBe(0)
    expect(command(household.home, "fabrics").output).toContain("no controller yet")
    const code = /Manual code ([\d-]+)/.exec(command(household.home, "pairing").output)?.[1] ?? ""
    const written = JSON.parse(readFileSync(join(household.home, "matter", "pairing.json"), "utf8"))
    expect(written).toMatchObject({ manualPairingCode: code.replaceAll("-", ""), fabrics: [] })
    await controller.peer?.delete()
    await controller.commission(code.replaceAll("-", ""))
    expect(new Set(controller.bridged.keys())).toEqual(before)
  })
})
