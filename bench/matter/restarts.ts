import { BridgedDeviceBasicInformationClient } from "@matter/main/behaviors/bridged-device-basic-information"
import { GeneralDiagnosticsClient } from "@matter/main/behaviors/general-diagnostics"
import { PowerSourceClient } from "@matter/main/behaviors/power-source"
import { BridgeProcess, type HowToStart } from "../../apps/matter/test/BridgeProcess.ts"
import { type Controller, eventually } from "../../apps/matter/test/controller.ts"
import { isListening, type WithingsHousehold } from "../../apps/matter/test/withingsHousehold.ts"

/** One restart, in milliseconds since the new process was started. */
export interface Restart {
  readonly bridge: BridgeProcess
  /** The bridge says that it is ready. */
  readonly ready: number
  /** Withings has listed the devices. */
  readonly asked: number
  /** The controller has the first report of the new process. */
  readonly back: number
  /** The bridge receives webhooks. */
  readonly hears: number
  /** The controller shows what changed at Withings while the bridge was down. */
  readonly value: number
}

export interface Running {
  readonly household: WithingsHousehold
  readonly controller: Controller
  readonly bridge: BridgeProcess
  readonly port: number
  readonly how?: HowToStart
}

/** Stops the bridge, changes a battery at Withings, starts it again and waits until the controller shows the change. */
export const restart = async (
  { bridge, controller, household, how, port }: Running,
  signal: NodeJS.Signals,
): Promise<Restart> => {
  const { home, simulator } = household
  const before = rebootsSeenBy(controller)
  await bridge.stop(signal)
  const monitor = simulator.persons[0]?.devices.find(({ type }) => type === "Blood Pressure Monitor")
  const level = monitor?.battery === "low" ? "high" : "low"
  await simulator.setBattery(monitor?.deviceid ?? "", level)
  const listed = () => simulator.requests.filter(({ action }) => action === "getdevice").length
  const listedBefore = listed()

  const begun = performance.now()
  const since = () => performance.now() - begun
  const next = new BridgeProcess(home, port, [], how)
  const [ready, asked, back, hears, value] = await Promise.all([
    next.ready.then(since),
    eventually("the list of devices", () => listed() > listedBefore).then(since),
    eventually("the first report", () => rebootsSeenBy(controller) > before).then(since),
    eventually("webhooks to be heard again", () => isListening(household.webhookPort)).then(since),
    eventually("the battery that changed meanwhile", () => showsBattery(controller, level)).then(since),
  ])
  return { bridge: next, ready, asked, back, hears, value }
}

const rebootsSeenBy = ({ peer }: Controller) => peer?.stateOf(GeneralDiagnosticsClient).rebootCount ?? 0

/** The battery is shown with one of the persons who share the monitor. */
const showsBattery = ({ bridged }: Controller, level: "high" | "low") =>
  [...bridged.values()].some(
    (endpoint) =>
      /blood pressure/.test(endpoint.maybeStateOf(BridgedDeviceBasicInformationClient)?.nodeLabel ?? "") &&
      endpoint.maybeStateOf(PowerSourceClient)?.batChargeLevel === (level === "low" ? 1 : 0),
  )
