import {
  Crypto,
  Entropy,
  Environment,
  MemoryStorageDriver,
  Network,
  NetworkSimulator,
  StorageService,
} from "@matter/main"
import { MdnsService } from "@matter/main/protocol"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { MatterNode } from "../MatterNode.ts"
import type { Clusters, EndpointPlan, MatterDevice } from "../Plan.ts"

const known = { bridgedDeviceBasicInformation: { reachable: true } }
const unknown = { bridgedDeviceBasicInformation: { reachable: false } }

interface Sample {
  readonly fixed?: Clusters
  readonly live?: readonly [Clusters, Clusters]
}

/** An endpoint of each kind, with two states each. */
const samples: Readonly<Record<MatterDevice, Sample>> = {
  "occupancy-sensor": {
    live: [
      {
        occupancySensing: { occupancy: { occupied: true } },
        booleanStateConfiguration: { sensorFault: { generalFault: false } },
      },
      {
        occupancySensing: { occupancy: { occupied: false } },
        booleanStateConfiguration: { sensorFault: { generalFault: true } },
      },
    ],
  },
  "generic-switch": { fixed: { switch: { numberOfPositions: 2 } } },
  "temperature-sensor": {
    fixed: { temperatureMeasurement: { minMeasuredValue: 0, maxMeasuredValue: 5000 } },
    live: [
      { temperatureMeasurement: { measuredValue: 2000 } },
      { temperatureMeasurement: { measuredValue: null } },
    ],
  },
  "air-quality-sensor": {
    fixed: {
      carbonDioxideConcentrationMeasurement: {
        minMeasuredValue: 0,
        maxMeasuredValue: 10_000,
        measurementUnit: 0,
        measurementMedium: 0,
      },
    },
    live: [
      { airQuality: { airQuality: 1 }, carbonDioxideConcentrationMeasurement: { measuredValue: 500 } },
      { airQuality: { airQuality: 0 }, carbonDioxideConcentrationMeasurement: { measuredValue: null } },
    ],
  },
  "contact-sensor": {
    live: [{ booleanState: { stateValue: true } }, { booleanState: { stateValue: false } }],
  },
  health: { live: [{ withingsHealth: { weight: 70_000 } }, { withingsHealth: { weight: null } }] },
}

const endpoints = (state: 0 | 1): ReadonlyArray<EndpointPlan> =>
  (Object.keys(samples) as Array<MatterDevice>).flatMap((device) => {
    const { fixed = {}, live } = samples[device]
    const endpoint: EndpointPlan = {
      id: device,
      device,
      name: device,
      fixed: { ...fixed, bridgedDeviceBasicInformation: { vendorName: "Withings", productName: device } },
      live: { ...live?.[state], ...(state === 0 ? known : unknown) },
    }
    const withBattery: EndpointPlan = {
      ...endpoint,
      id: `${device}-battery`,
      fixed: { ...endpoint.fixed, powerSource: { order: 0, description: "Battery" } },
      live: { ...endpoint.live, powerSource: { status: 1, batChargeLevel: state } },
    }
    return [endpoint, withBattery]
  })

/**
 * Brings a node with an endpoint of each kind online, in memory and without a network, and ends it. matter.js computes
 * most of what it knows about a cluster at its first use, and V8 compiles a function at its first call.
 */
export const warmUp = async (): Promise<void> => {
  Environment.default.vars.set("log.level", "fatal")
  const folder = mkdtempSync(join(tmpdir(), "withings-matter-"))
  const environment = nowhere()
  const identity = { port: 5540, vendorId: 0xfff1, productId: 0x8000, name: "Withings Bridge" }
  const node = await MatterNode.create(folder, identity, { endpoints: endpoints(0) }, environment)
  await node.start()
  await node.show({ endpoints: endpoints(1) })
  await node.press("generic-switch")
  await node.close()
  await environment.get(MdnsService).close()
  rmSync(folder, { recursive: true })
}

/** An environment of its own: nothing of it may stay in the one that the bridge uses. */
const nowhere = (): Environment => {
  const environment = new Environment("warm-up")
  for (const service of [Crypto, Entropy]) environment.set(service, Environment.default.get(service))
  const storage = new StorageService(environment)
  storage.registerDriver(MemoryStorageDriver)
  storage.configuredDriver = MemoryStorageDriver.id
  environment.set(StorageService, storage)
  environment.set(Network, new NetworkSimulator().addHost(1))
  environment.set(MdnsService, new MdnsService(environment))
  return environment
}
