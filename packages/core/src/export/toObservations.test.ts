import { assert, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { DeviceId } from "../measure/Device.ts"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { PersonId } from "../measure/Person.ts"
import { type KindKey, measureKinds } from "../measure/measureKinds.ts"
import { toObservations } from "./toObservations.ts"

const measure = (kind: Measure["kind"], value: number, change: Partial<Measure> = {}): Measure => ({
  personId: PersonId("p1"),
  source: "getmeas",
  group: GroupId("77"),
  kind,
  position: null,
  at: Date.parse("2026-11-21T06:30:00Z") / 1000,
  value,
  deviceId: DeviceId("scale"),
  attribution: "device",
  modified: Date.parse("2026-11-21T06:31:00Z") / 1000,
  ...change,
})

it("a weight is one Observation, with LOINC, UCUM, person and time", () => {
  assert.deepStrictEqual(toObservations([measure("weight", 72.4)], "Ann"), [
    {
      resourceType: "Observation",
      identifier: [{ system: "urn:withings-bridge:measure", value: "p1/getmeas/77/weight/-" }],
      status: "final",
      subject: { identifier: { system: "urn:withings-bridge:person", value: "p1" }, display: "Ann" },
      effectiveDateTime: "2026-11-21T06:30:00Z",
      issued: "2026-11-21T06:31:00Z",
      device: { identifier: { system: "urn:withings-bridge:device", value: "scale" } },
      category: [
        {
          coding: [
            { system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "vital-signs" },
          ],
        },
      ],
      code: {
        coding: [
          { system: "http://loinc.org", code: "29463-7" },
          { system: "urn:withings-bridge:kind", code: "weight", display: "Weight" },
        ],
        text: "Weight",
      },
      valueQuantity: { value: 72.4, unit: "kg", system: "http://unitsofmeasure.org", code: "kg" },
    },
  ])
})

it("the pressures of one blood pressure are components of a panel, the pulse stays apart", () => {
  const record = [
    measure("blood-pressure-diastolic", 79),
    measure("blood-pressure-systolic", 121),
    measure("heart-rate", 62),
  ]
  const [panel, pulse, ...rest] = toObservations(record, "Ann")
  assert.deepStrictEqual(rest, [])
  assert.strictEqual(panel?.code.coding[0]?.code, "85354-9")
  assert.isUndefined(panel?.valueQuantity)
  assert.deepStrictEqual(
    panel?.component?.map((one) => [
      one.code.coding[0]?.code,
      "valueQuantity" in one && one.valueQuantity.value,
    ]),
    [
      ["8480-6", 121],
      ["8462-4", 79],
    ],
  )
  assert.strictEqual(pulse?.code.coding[0]?.code, "8867-4")
  // Half of one is no panel.
  assert.strictEqual(toObservations(record.slice(1, 2), "Ann")[0]?.code.coding[0]?.code, "8480-6")
})

it("a height is in centimetres, a verdict in words, a doubtful measure preliminary, a goal left out", () => {
  const record = [
    measure("height", 1.83, { attribution: "ambiguous" }),
    measure("afib-ecg", 1),
    measure("goal-weight", 70, { source: "goal" }),
  ]
  const [height, afib, ...rest] = toObservations(record, "Ann")
  assert.deepStrictEqual(rest, [])
  assert.strictEqual(height?.status, "preliminary")
  assert.deepInclude(height?.valueQuantity, { value: 183, code: "cm" })
  assert.strictEqual(afib?.valueCodeableConcept?.text, "Positive")
})

it.prop(
  "every kind, known or not, has one value, one code of our own and a time",
  {
    kind: FastCheck.constantFrom(...(Object.keys(measureKinds) as Array<KindKey>), "meastype-999" as const),
    value: FastCheck.double({ noNaN: true, noDefaultInfinity: true }),
  },
  ({ kind, value }) => {
    const [one, ...rest] = toObservations([measure(kind, value)], "Ann")
    assert.lengthOf(rest, 0)
    const values = [one?.valueQuantity, one?.valueCodeableConcept, one?.valueTime]
    assert.lengthOf(
      values.filter((each) => each !== undefined),
      1,
    )
    assert.isTrue(one?.code.coding.some(({ code, system }) => code === kind && system.endsWith(":kind")))
    assert.isFalse(Number.isNaN(Date.parse(one?.effectiveDateTime ?? "")))
  },
)
