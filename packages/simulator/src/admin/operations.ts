import type { Failure } from "../cloud/Faults.ts"
import { products } from "../household/Device.ts"
import type { Simulator } from "../Simulator.ts"
import { flag, number, oneOf, optionalNumber, optionalText, text, type Fields } from "./fields.ts"

/** Something to do from outside: POST /admin/<name> with these fields as JSON. */
export interface Operation {
  readonly kind: "act" | "fault" | "time"
  readonly example: Fields
  readonly run: (simulator: Simulator, fields: Fields) => Promise<unknown>
}

const person = (fields: Fields): string => text(fields, "person")

const failures = ["http 500", "timeout", "cut connection", "bad JSON", "HTML page"] as const

const failureOf = (fields: Fields): Failure =>
  typeof fields["failure"] === "number"
    ? { kind: "status", status: fields["failure"] }
    : { kind: oneOf(fields, "failure", failures) }

const someone = { person: "Ann" }
const device = { deviceid: "<deviceid of GET /admin/household>" }

const productNames = Object.keys(products).filter((name): name is keyof typeof products => name in products)

const act = (example: Fields, run: Operation["run"]): Operation => ({ kind: "act", example, run })
const fault = (example: Fields, run: Operation["run"]): Operation => ({ kind: "fault", example, run })

const times = (fields: Fields): number | undefined => optionalNumber(fields, "times")

/** Every act and fault of the simulator under its own name. */
export const operations: Readonly<Record<string, Operation>> = {
  weigh: act({ ...someone, kilograms: 72.4 }, (simulator, fields) =>
    simulator.weigh(person(fields), number(fields, "kilograms"), {
      ambiguous: flag(fields, "ambiguous", false),
    }),
  ),
  enterWeight: act({ ...someone, kilograms: 72.4 }, (simulator, fields) =>
    simulator.enterWeight(person(fields), number(fields, "kilograms")),
  ),
  measureBloodPressure: act({ ...someone, systolic: 121, diastolic: 78, pulse: 62 }, (simulator, fields) =>
    simulator.measureBloodPressure(person(fields), {
      systolic: number(fields, "systolic"),
      diastolic: number(fields, "diastolic"),
      pulse: number(fields, "pulse"),
    }),
  ),
  takeTemperature: act({ ...someone, celsius: 36.7 }, (simulator, fields) =>
    simulator.takeTemperature(person(fields), number(fields, "celsius")),
  ),
  measureOxygen: act({ ...someone, percent: 97 }, (simulator, fields) =>
    simulator.measureOxygen(person(fields), number(fields, "percent")),
  ),
  recordEcg: act({ ...someone, afib: 0 }, (simulator, fields) =>
    simulator.recordEcg(person(fields), optionalNumber(fields, "afib")),
  ),
  measure: act({ ...someone, type: 35, value: 620, unit: 0 }, (simulator, fields) => {
    const deviceid = optionalText(fields, "deviceid")
    return simulator.measure(person(fields), {
      type: number(fields, "type"),
      value: number(fields, "value"),
      unit: optionalNumber(fields, "unit") ?? 0,
      ...(deviceid === undefined ? {} : { deviceid }),
    })
  }),
  goToBed: act(someone, (simulator, fields) => simulator.goToBed(person(fields))),
  getUp: act(someone, (simulator, fields) => simulator.getUp(person(fields))),
  inflateMat: act(someone, (simulator, fields) => simulator.inflateMat(person(fields))),
  walk: act({ ...someone, steps: 1200 }, (simulator, fields) =>
    simulator.walk(person(fields), number(fields, "steps")),
  ),
  workOut: act({ ...someone, category: 1, minutes: 30 }, (simulator, fields) =>
    simulator.workOut(person(fields), number(fields, "category"), number(fields, "minutes")),
  ),
  editWeight: act({ ...someone, grpid: 0, kilograms: 71.9 }, (simulator, fields) =>
    simulator.editWeight(person(fields), number(fields, "grpid"), number(fields, "kilograms")),
  ),
  deleteMeasure: act({ ...someone, grpid: 0 }, (simulator, fields) =>
    simulator.deleteMeasure(person(fields), number(fields, "grpid")),
  ),
  setBattery: act({ ...device, battery: "low" }, (simulator, fields) =>
    simulator.setBattery(
      text(fields, "deviceid"),
      oneOf(fields, "battery", ["high", "medium", "low", "unknown"]),
    ),
  ),
  addDevice: act({ ...someone, product: "sleepMat" }, (simulator, fields) =>
    simulator.addDevice(person(fields), products[oneOf(fields, "product", productNames)]),
  ),
  replaceDevice: act(device, (simulator, fields) => simulator.replaceDevice(text(fields, "deviceid"))),
  unlinkDevice: act(device, (simulator, fields) => simulator.unlinkDevice(text(fields, "deviceid"))),
  unlinkAccount: act(someone, (simulator, fields) => simulator.unlinkAccount(person(fields))),
  advance: {
    kind: "time",
    example: { seconds: 3600 },
    run: (simulator, fields) => simulator.advance(number(fields, "seconds")),
  },
  expireToken: fault(someone, ({ faults }, fields) => faults.expireToken(person(fields))),
  rejectRefresh: fault(someone, ({ faults }, fields) => faults.rejectRefresh(person(fields))),
  failNext: fault({ action: "getmeas", failure: "http 500", times: 1 }, ({ faults }, fields) =>
    faults.failNext(text(fields, "action"), failureOf(fields), times(fields)),
  ),
  throttle: fault({ seconds: 60 }, ({ faults }, fields) => faults.throttle(number(fields, "seconds"))),
  slow: fault({ milliseconds: 2000 }, ({ faults }, fields) => faults.slow(number(fields, "milliseconds"))),
  dropPage: fault({ times: 1 }, ({ faults }, fields) => faults.dropPage(times(fields))),
  duplicatePage: fault({ times: 1 }, ({ faults }, fields) => faults.duplicatePage(times(fields))),
  loseWebhook: fault({ times: 1 }, ({ faults }, fields) => faults.loseWebhook(times(fields))),
  delayWebhook: fault({ seconds: 30 }, ({ faults }, fields) =>
    faults.delayWebhook(number(fields, "seconds")),
  ),
  duplicateWebhooks: fault({ on: true }, ({ faults }, fields) =>
    faults.duplicateWebhooks(flag(fields, "on", true)),
  ),
  reverseWebhooks: fault({ on: true }, ({ faults }, fields) =>
    faults.reverseWebhooks(flag(fields, "on", true)),
  ),
  replayWebhook: fault({}, ({ faults }) => faults.replayWebhook()),
  revokeConsent: fault(someone, ({ faults }, fields) => faults.revokeConsent(person(fields))),
  clockSkew: fault({ seconds: -120 }, ({ faults }, fields) => faults.clockSkew(number(fields, "seconds"))),
  unknownMeasureType: fault({ ...someone, type: 9999, value: 42 }, ({ faults }, fields) =>
    faults.unknownMeasureType(
      person(fields),
      optionalNumber(fields, "type"),
      optionalNumber(fields, "value"),
    ),
  ),
  clear: fault({}, ({ faults }) => faults.clear()),
}
