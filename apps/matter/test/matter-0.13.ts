/**
 * A second witness: the controller of matter.js 0.13, a year and a specification older, in a process of its own.
 * `matter-0.13.ts STORAGE PAIRING_CODE` prints one JSON object a line: what it saw when commissioned, then
 * every change and event until its input ends.
 */
import { Environment, Logger, LogLevel } from "matter-main-0.13"
import { ManualPairingCodeCodec } from "matter-main-0.13/types"
import { CommissioningController } from "matter-controller-0.13"

const [storage, pairingCode] = process.argv.slice(2)
if (storage === undefined || pairingCode === undefined) throw new Error("matter-0.13.ts STORAGE PAIRING_CODE")

const say = (what: object) => {
  process.stdout.write(`${JSON.stringify(what, plain)}\n`)
}
const plain = (_key: string, value: unknown) => (typeof value === "bigint" ? Number(value) : value)

const environment = Environment.default
environment.vars.set("storage.path", storage)
Logger.level = LogLevel.FATAL
const controller = new CommissioningController({
  environment: { environment, id: "older" },
  autoConnect: false,
  adminFabricLabel: "older",
})
await controller.start()
const { shortDiscriminator = 0, passcode } = ManualPairingCodeCodec.decode(pairingCode)
const nodeId = await controller.commissionNode({
  commissioning: {},
  discovery: { identifierData: { shortDiscriminator }, discoveryCapabilities: {} },
  passcode,
})
const node = await controller.getNode(nodeId)
node.events.attributeChanged.on(({ path: { endpointId, attributeName }, value }) =>
  say({ endpoint: endpointId, attribute: attributeName, value }),
)
node.events.eventTriggered.on(({ path: { endpointId, eventName }, events }) =>
  say({ endpoint: endpointId, event: eventName, count: events.length }),
)
if (!node.initialized) await node.events.initialized

const [aggregator] = node.getDevices()
say({ bridged: aggregator?.getChildEndpoints().map(({ number, name }) => ({ number, name })) })
process.stdin.on("end", () => process.exit(0)).resume()
