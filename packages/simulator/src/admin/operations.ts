import type { Failure } from "../cloud/Faults.ts"
import { products } from "../household/Device.ts"
import type { Simulator } from "../Simulator.ts"
import { flag, number, oneOf, optional, text, type Field, type Fields } from "./fields.ts"

/** Something to do from outside: POST /admin/<name> with these fields as JSON. */
interface Operation {
  readonly kind: "act" | "fault" | "time"
  readonly example: Fields
  readonly run: (simulator: Simulator, body: Fields) => Promise<unknown>
}

type Readers<Values extends ReadonlyArray<unknown>> = {
  readonly [Place in keyof Values]: Field<Values[Place]>
}

function valuesOf<Values extends ReadonlyArray<unknown>>(
  fields: readonly [...Readers<Values>],
  body: Fields,
): Values
function valuesOf(fields: ReadonlyArray<Field<unknown>>, body: Fields): ReadonlyArray<unknown> {
  return fields.map(({ name, read }) => read(body[name]))
}

/** Calls a method of the simulator with the values of these fields, in their order. */
const operation =
  (kind: Operation["kind"]) =>
  <Values extends ReadonlyArray<unknown>>(
    fields: readonly [...Readers<Values>],
    method: (simulator: Simulator) => (...values: Values) => Promise<unknown>,
  ): Operation => ({
    kind,
    example: Object.fromEntries(fields.map(({ name, example }) => [name, example])),
    run: (simulator, body) => method(simulator)(...valuesOf<Values>(fields, body)),
  })

const act = operation("act")
const fault = operation("fault")
const time = operation("time")

const failures = ["http 500", "timeout", "cut connection", "bad JSON", "HTML page"] as const
const failureKind = oneOf("failure", failures, "http 500")
/** A status, or what goes wrong on the way. */
const failure: Field<Failure | number> = {
  ...failureKind,
  read: (value) => (typeof value === "number" ? value : { kind: failureKind.read(value) }),
}

const productNames = Object.keys(products).filter((name): name is keyof typeof products => name in products)

const person = text("person", "Ann")
const kilograms = number("kilograms", 72.4)
const grpid = number("grpid", 0)
const deviceid = text("deviceid", "<deviceid of GET /admin/household>")
const battery = oneOf("battery", ["high", "medium", "low", "unknown"], "low")
const seconds = (example: number) => number("seconds", example)
const times = optional(number("times", 1))
const on = flag("on", true)

/** Every act and fault of the simulator under its own name. */
export const operations: Readonly<Record<string, Operation>> = {
  weigh: act(
    [person, kilograms, flag("ambiguous", false)],
    ({ weigh }) =>
      (name, weight, ambiguous) =>
        weigh(name, weight, { ambiguous }),
  ),
  enterWeight: act([person, kilograms], ({ enterWeight }) => enterWeight),
  measureBloodPressure: act(
    [person, number("systolic", 121), number("diastolic", 78), number("pulse", 62)],
    ({ measureBloodPressure }) =>
      (name, systolic, diastolic, pulse) =>
        measureBloodPressure(name, { systolic, diastolic, pulse }),
  ),
  takeTemperature: act([person, number("celsius", 36.7)], ({ takeTemperature }) => takeTemperature),
  measureOxygen: act([person, number("percent", 97)], ({ measureOxygen }) => measureOxygen),
  recordEcg: act([person, optional(number("afib", 0))], ({ recordEcg }) => recordEcg),
  measure: act(
    [person, number("type", 35), number("value", 620), optional(number("unit", 0)), optional(deviceid)],
    ({ measure }) =>
      (name, ...[type, value, unit, device]) =>
        measure(name, { type, value, unit, deviceid: device }),
  ),
  goToBed: act([person], ({ goToBed }) => goToBed),
  getUp: act([person], ({ getUp }) => getUp),
  inflateMat: act([person], ({ inflateMat }) => inflateMat),
  walk: act([person, number("steps", 1200)], ({ walk }) => walk),
  workOut: act([person, number("category", 1), number("minutes", 30)], ({ workOut }) => workOut),
  editWeight: act([person, grpid, number("kilograms", 71.9)], ({ editWeight }) => editWeight),
  deleteMeasure: act([person, grpid], ({ deleteMeasure }) => deleteMeasure),
  setBattery: act([deviceid, battery], ({ setBattery }) => setBattery),
  addDevice: act(
    [person, oneOf("product", productNames, "sleepMat")],
    ({ addDevice }) =>
      (name, product) =>
        addDevice(name, products[product]),
  ),
  replaceDevice: act([deviceid], ({ replaceDevice }) => replaceDevice),
  unlinkDevice: act([deviceid], ({ unlinkDevice }) => unlinkDevice),
  unlinkAccount: act([person], ({ unlinkAccount }) => unlinkAccount),
  advance: time([seconds(3600)], ({ advance }) => advance),
  expireToken: fault([person], ({ faults }) => faults.expireToken),
  rejectRefresh: fault([person], ({ faults }) => faults.rejectRefresh),
  failNext: fault([text("action", "getmeas"), failure, times], ({ faults }) => faults.failNext),
  throttle: fault([seconds(60)], ({ faults }) => faults.throttle),
  slow: fault([number("milliseconds", 2000)], ({ faults }) => faults.slow),
  dropPage: fault([times], ({ faults }) => faults.dropPage),
  duplicatePage: fault([times], ({ faults }) => faults.duplicatePage),
  loseWebhook: fault([times], ({ faults }) => faults.loseWebhook),
  delayWebhook: fault([seconds(30)], ({ faults }) => faults.delayWebhook),
  duplicateWebhooks: fault([on], ({ faults }) => faults.duplicateWebhooks),
  reverseWebhooks: fault([on], ({ faults }) => faults.reverseWebhooks),
  replayWebhook: fault([], ({ faults }) => faults.replayWebhook),
  revokeConsent: fault([person], ({ faults }) => faults.revokeConsent),
  clockSkew: fault([seconds(-120)], ({ faults }) => faults.clockSkew),
  unknownMeasureType: fault(
    [person, optional(number("type", 9999)), optional(number("value", 42))],
    ({ faults }) => faults.unknownMeasureType,
  ),
  clear: fault([], ({ faults }) => faults.clear),
}
