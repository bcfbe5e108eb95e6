import { localDay } from "../measure/localDay.ts"
import type { Measure } from "../measure/Measure.ts"
import type { MeasureCategory, MeasureKind } from "../measure/MeasureKind.ts"
import { kindOf } from "../measure/measureKinds.ts"
import { clockText } from "../measure/timeOfDay.ts"
import { positionName } from "../measure/Position.ts"
import type { Coding, Component, Observation, Value } from "./Observation.ts"

const loinc = "http://loinc.org"
const ucum = "http://unitsofmeasure.org"
const own = (what: "kind" | "measure" | "person" | "device" | "verdict") => `urn:withings-bridge:${what}`

/** Blood pressure with all children optional: the panel that the two pressures are components of. */
const bloodPressurePanel: Coding = { system: loinc, code: "85354-9", display: "Blood pressure panel" }
const systolic = "blood-pressure-systolic"
const diastolic = "blood-pressure-diastolic"

/** Codes that FHIR's profile of vital signs requires in addition. */
const alsoCoded: Readonly<Record<string, Coding>> = {
  spo2: { system: loinc, code: "2708-6", display: "Oxygen saturation in arterial blood" },
}

/** The profile of vital signs takes a height in centimetres or inches only. */
const otherUnits: Readonly<Record<string, { readonly unit: string; readonly times: number }>> = {
  height: { unit: "cm", times: 100 },
}

const vitalSigns: ReadonlySet<string> = new Set([
  systolic,
  diastolic,
  "weight",
  "height",
  "heart-rate",
  "spo2",
  "body-temperature",
])

const categories: Readonly<Record<MeasureCategory, string>> = {
  body: "exam",
  "blood-pressure": "vital-signs",
  heart: "exam",
  temperature: "exam",
  oxygen: "exam",
  nerve: "exam",
  urine: "laboratory",
  sleep: "activity",
  activity: "activity",
  workout: "activity",
  environment: "social-history",
  goal: "survey",
  other: "exam",
}

/**
 * One record of Withings as FHIR R4 Observations: one for each measure, except that the two blood pressures are
 * components of one. Ambiguous measures are `preliminary`; goals are left out.
 */
export const toObservations = (
  record: ReadonlyArray<Measure>,
  personName: string,
): ReadonlyArray<Observation> => {
  const observed = record.filter(({ source }) => source !== "goal")
  const upper = observed.find(({ kind }) => kind === systolic)
  const lower = observed.find(({ kind }) => kind === diastolic)
  if (upper === undefined || lower === undefined)
    return observed.map((measure) => toObservation(measure, personName))
  const others = observed.filter((measure) => measure !== upper && measure !== lower)
  return [
    {
      ...frameOf(upper, personName, "blood-pressure"),
      category: [categoryOf("vital-signs")],
      code: { coding: [bloodPressurePanel], text: "Blood pressure" },
      component: [upper, lower].map(toComponent),
    },
    ...others.map((measure) => toObservation(measure, personName)),
  ]
}

const toObservation = (measure: Measure, personName: string): Observation => {
  const kind = kindOf(measure.kind)
  return {
    ...frameOf(measure, personName, measure.kind),
    category: [categoryOf(vitalSigns.has(kind.key) ? "vital-signs" : categories[kind.category])],
    ...toComponent(measure),
  }
}

/** An Observation without its code and value. */
const frameOf = (measure: Measure, personName: string, of: string) => ({
  resourceType: "Observation" as const,
  identifier: [
    {
      system: own("measure"),
      value: [measure.personId, measure.source, measure.group, of, measure.position ?? "-"].join("/"),
    },
  ],
  status: measure.attribution === "ambiguous" ? ("preliminary" as const) : ("final" as const),
  subject: { identifier: { system: own("person"), value: measure.personId }, display: personName },
  effectiveDateTime: instant(measure.at),
  issued: instant(measure.modified),
  ...(measure.position === null ? {} : { bodySite: { text: positionName(measure.position).en } }),
  ...(measure.deviceId === null
    ? {}
    : { device: { identifier: { system: own("device"), value: measure.deviceId } } }),
})

const toComponent = (measure: Measure): Component => {
  const kind = kindOf(measure.kind)
  return { code: { coding: codingsOf(kind), text: kind.name.en }, ...toValue(kind, measure.value) }
}

const codingsOf = (kind: MeasureKind): ReadonlyArray<Coding> => {
  const also = alsoCoded[kind.key]
  return [
    ...(kind.loinc === undefined ? [] : [{ system: loinc, code: kind.loinc }]),
    ...(also === undefined ? [] : [also]),
    { system: own("kind"), code: kind.key, display: kind.name.en },
  ]
}

const toValue = (kind: MeasureKind, value: number): Value => {
  const verdict = kind.verdicts?.[value]
  if (verdict !== undefined) {
    const coding = [{ system: own("verdict"), code: `${kind.key}/${value}`, display: verdict.en }]
    return { valueCodeableConcept: { coding, text: verdict.en } }
  }
  if (kind.nature === "time")
    return { valueTime: `${clockText(value)}:${String(value % 60).padStart(2, "0")}` }
  const other = otherUnits[kind.key]
  if (other !== undefined) {
    // Not 182.99999999999997.
    const exact = Number((value * other.times).toPrecision(12))
    return { valueQuantity: { value: exact, unit: other.unit, system: ucum, code: other.unit } }
  }
  const { symbol, ucum: code } = kind.unit ?? { symbol: "1", ucum: "1" }
  return { valueQuantity: { value, unit: symbol, system: ucum, code } }
}

const categoryOf = (code: string) => ({
  coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code }],
})

/** Epoch seconds as FHIR writes them: "2026-11-21T06:30:00Z". */
const instant = (at: number): string => {
  const second = at - Math.floor(at / 86_400) * 86_400
  const time = [Math.floor(second / 3600), Math.floor(second / 60) % 60, Math.floor(second) % 60]
  return `${localDay(at, "UTC")}T${time.map((part) => String(part).padStart(2, "0")).join(":")}Z`
}
