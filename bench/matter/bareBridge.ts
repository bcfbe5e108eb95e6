/**
 * The floor: a matter.js aggregator and nothing else. `bareBridge.ts STORAGE PORT ENDPOINTS` prints "ready" and its code.
 * For each line of input it toggles the occupancy of its first endpoint and prints when.
 */
import { Endpoint, Environment, ServerNode, VendorId } from "@matter/main"
import { BridgedDeviceBasicInformationServer } from "@matter/main/behaviors/bridged-device-basic-information"
import { OccupancySensingServer } from "@matter/main/behaviors/occupancy-sensing"
import { ContactSensorDevice } from "@matter/main/devices/contact-sensor"
import { OccupancySensorDevice } from "@matter/main/devices/occupancy-sensor"
import { AggregatorEndpoint } from "@matter/main/endpoints/aggregator"
import { createInterface } from "node:readline"

const [storage = "", port = "5540", endpoints = "12"] = process.argv.slice(2)
Environment.default.vars.set("storage.path", storage)

const server = await ServerNode.create({
  id: "bare",
  network: { port: Number(port) },
  productDescription: { name: "Bare", deviceType: AggregatorEndpoint.deviceType },
  basicInformation: {
    vendorId: VendorId(0xfff1),
    productId: 0x8000,
    vendorName: "Bench",
    productName: "Bare",
  },
})
const aggregator = new Endpoint(AggregatorEndpoint, { id: "aggregator" })
await server.add(aggregator)
const bed = new Endpoint(
  OccupancySensorDevice.with(
    BridgedDeviceBasicInformationServer,
    OccupancySensingServer.with("PhysicalContact", "OccupancyEvent"),
  ),
  { id: "bed", bridgedDeviceBasicInformation: { nodeLabel: "Ann's bed" } },
)
await aggregator.add(bed)
for (let number = 1; number < Number(endpoints); number++)
  await aggregator.add(
    new Endpoint(ContactSensorDevice.with(BridgedDeviceBasicInformationServer), {
      id: `contact-${number}`,
      bridgedDeviceBasicInformation: { nodeLabel: `Contact ${number}` },
      booleanState: { stateValue: true },
    }),
  )
await server.start()
console.log(`ready ${server.state.commissioning.pairingCodes.manualPairingCode}`)

createInterface({ input: process.stdin }).on("line", () => {
  const occupied = bed.state.occupancySensing.occupancy.occupied !== true
  console.log(`set ${Date.now()}`)
  void bed.setStateOf("occupancySensing", { occupancy: { occupied } })
})
