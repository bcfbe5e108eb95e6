import { Schema } from "effect"

/** Something that a person of the simulated household does; `kind` is an act of the simulator, the rest its fields. */
export const Happening = Schema.Union(
  Schema.Struct({ kind: Schema.Literal("weigh"), person: Schema.String, kilograms: Schema.Number }),
  Schema.Struct({ kind: Schema.Literal("goToBed", "getUp"), person: Schema.String }),
  Schema.Struct({
    kind: Schema.Literal("measureBloodPressure"),
    person: Schema.String,
    systolic: Schema.Number,
    diastolic: Schema.Number,
    pulse: Schema.Number,
  }),
  Schema.Struct({ kind: Schema.Literal("takeTemperature"), person: Schema.String, celsius: Schema.Number }),
  Schema.Struct({ kind: Schema.Literal("walk"), person: Schema.String, steps: Schema.Number }),
)
export type Happening = typeof Happening.Type

export const sentence = (happening: Happening): string => {
  switch (happening.kind) {
    case "weigh":
      return `${happening.person} weighs ${happening.kilograms} kg`
    case "goToBed":
      return `${happening.person} goes to bed`
    case "getUp":
      return `${happening.person} gets up`
    case "measureBloodPressure":
      return `${happening.person} has ${happening.systolic}/${happening.diastolic} mmHg`
    case "takeTemperature":
      return `${happening.person} has ${happening.celsius} °C`
    case "walk":
      return `${happening.person} walks ${happening.steps} steps`
  }
}

/** What happens in this round of the demo: the acts of a day in turn, with values near those of the person. */
export const dayOf = (
  persons: readonly [string, string],
  round: number,
  lastWeight: (person: string) => number | null,
): Happening => {
  const [first, second] = persons
  /** A small wave around a usual value, so that charts and homes see it change. */
  const around = (value: number, swing: number) => Math.round((value + swing * Math.sin(round)) * 10) / 10
  const whole = (value: number, swing: number) => Math.round(around(value, swing))
  const weighIn = (person: string): Happening => ({
    kind: "weigh",
    person,
    kilograms: around(lastWeight(person) ?? 70, 0.3),
  })
  const getUp: Happening = { kind: "getUp", person: first }
  const course: ReadonlyArray<Happening> = [
    weighIn(first),
    { kind: "goToBed", person: second },
    {
      kind: "measureBloodPressure",
      person: first,
      systolic: whole(121, 8),
      diastolic: whole(79, 5),
      pulse: whole(64, 6),
    },
    { kind: "getUp", person: second },
    weighIn(second),
    { kind: "takeTemperature", person: first, celsius: around(36.7, 0.3) },
    { kind: "walk", person: second, steps: whole(900, 400) },
    { kind: "goToBed", person: first },
    getUp,
  ]
  return course[round % course.length] ?? getUp
}
