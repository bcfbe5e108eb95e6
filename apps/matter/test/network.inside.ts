import { Environment } from "@matter/main"
import { BasicInformationClient } from "@matter/main/behaviors/basic-information"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { BridgeProcess } from "./BridgeProcess.ts"
import { Controller, eventually } from "./controller.ts"
import { namespaceAllowed } from "./namespace.ts"
import { ip, OtherHost } from "./OtherHost.ts"
import { signedInHousehold, type WithingsHousehold } from "./withingsHousehold.ts"

/**
 * The bridge on a host of its own, on two cables to the controller's. Addresses are added by hand, so that a test
 * decides which family a cable speaks; `fe80::` ones make IPv6 of a cable.
 */
describe.runIf(namespaceAllowed())("on a network of its own", () => {
  let household: WithingsHousehold
  let host: OtherHost
  let bridge: BridgeProcess
  let controller: Controller | undefined
  let runs = 0

  beforeAll(async () => {
    // A controller tells at length of every packet that found nobody.
    Environment.default.vars.set("log.level", "fatal")
    household = await signedInHousehold()
    await household.simulator.close()
    host = await OtherHost.start("red", "blue")
  })
  afterEach(async () => {
    await bridge.stop()
    await controller?.close()
    controller = undefined
    rmSync(join(household.home, "matter"), { recursive: true, force: true })
    for (const cable of ["red", "blue"]) {
      host.ip(`addr flush dev ${cable}`)
      ip(`addr flush dev here-${cable}`)
    }
  })
  afterAll(() => {
    for (const cable of ["red", "blue"]) ip(`link del here-${cable}`)
    ip("route replace 224.0.0.0/4 dev lo")
  })

  const address = (cable: string, net: string, bits: number) => {
    host.ip(`addr add ${net}1/${bits} dev ${cable}${net.includes(":") ? " nodad" : ""}`)
    ip(`addr add ${net}2/${bits} dev here-${cable}${net.includes(":") ? " nodad" : ""}`)
  }
  /** Who hears IPv4's multicast is a matter of routes. */
  const routeMulticast = () => {
    host.ip("route replace 224.0.0.0/4 dev red")
    ip("route replace 224.0.0.0/4 dev here-red")
  }
  const start = (...args: ReadonlyArray<string>) => {
    bridge = new BridgeProcess(household.home, 5540, args, {
      through: host.enter,
      env: { MATTER_MDNS_NETWORKINTERFACE: undefined },
    })
    return bridge.ready
  }
  /** A controller that hears one cable, and has never seen the bridge. */
  const controllerOn = async (cable: string) => {
    const id = `${cable}-${++runs}`
    const environment = new Environment(id, Environment.default)
    environment.vars.set("storage.path", join(household.home, id))
    environment.vars.set("mdns.networkInterface", `here-${cable}`)
    controller = await Controller.start(id, environment)
    return controller
  }

  it("is commissioned where there is only IPv6", async () => {
    address("red", "fe80::", 64)
    const { manualPairingCode } = await start("--no-ipv4")
    await (await controllerOn("red")).commission(manualPairingCode)
    expect(controller?.bridged.size).toBeGreaterThan(5)
  })

  it("is commissioned where there is only IPv4, and says what that means", async () => {
    address("red", "198.51.100.", 24)
    routeMulticast()
    const { manualPairingCode } = await start()
    expect(bridge.output).toMatch(/Warning: IPv6 is off on red: /)
    await (await controllerOn("red")).commission(manualPairingCode)
    expect(controller?.bridged.size).toBeGreaterThan(5)
  })

  it("announces itself on the chosen interface only", async () => {
    for (const cable of ["red", "blue"]) address(cable, "fe80::", 64)
    const { manualPairingCode } = await start("--interface", "blue")
    await expect((await controllerOn("red")).commission(manualPairingCode, 3)).rejects.toThrow(
      /No commissionable device/,
    )
    await controller?.close()
    await (await controllerOn("blue")).commission(manualPairingCode)
    expect(controller?.bridged.size).toBeGreaterThan(5)
  })

  it("is found again under a new address", async () => {
    address("red", "198.51.100.", 24)
    routeMulticast()
    const { manualPairingCode } = await start()
    const peer = await (await controllerOn("red")).commission(manualPairingCode)
    host.ip("addr flush dev red")
    ip("addr add 203.0.113.2/24 dev here-red")
    host.ip("addr add 203.0.113.1/24 dev red")
    routeMulticast()
    await eventually(
      "the name that the controller gave",
      () =>
        peer.setStateOf(BasicInformationClient, { nodeLabel: "Moved" }).then(
          () => true,
          () => false,
        ),
      100_000,
    )
    expect(peer.stateOf(BasicInformationClient).nodeLabel).toBe("Moved")
  })

  it("says in one sentence that an interface does not exist, or that multicast has no way", async () => {
    address("red", "fe80::", 64)
    start("--interface", "green").catch(() => undefined)
    expect(await bridge.exited).toBe(1)
    expect(bridge.output.trim().split("\n").at(-1)).toMatch(
      /^There is no network interface "green" with an address/,
    )

    expect(bridge.output).not.toMatch(/^ +at /m)

    address("blue", "198.51.100.", 24)
    await start("--interface", "blue")
    expect(bridge.output).toMatch(/Warning: Multicast over IPv4 does not work on blue \(ENODEV\)/m)
    await bridge.stop()
    host.ip("route del multicast ff00::/8 dev red table local")
    await start("--interface", "red", "--no-ipv4")
    expect(bridge.output).toMatch(/Warning: Multicast over IPv6 does not work on red \(ENETUNREACH\)/m)
  })
})
