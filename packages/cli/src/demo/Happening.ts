import { Schema } from "effect"

/** Something that a person of the simulated household does by hand. */
export const Happening = Schema.Union(
  Schema.Struct({ kind: Schema.Literal("weigh"), person: Schema.String, kilograms: Schema.Number }),
  Schema.Struct({ kind: Schema.Literal("bed-in", "bed-out"), person: Schema.String }),
  Schema.Struct({
    kind: Schema.Literal("blood-pressure"),
    person: Schema.String,
    systolic: Schema.Number,
    diastolic: Schema.Number,
    pulse: Schema.optional(Schema.Number),
  }),
  Schema.Struct({ kind: Schema.Literal("temperature"), person: Schema.String, celsius: Schema.Number }),
  Schema.Struct({ kind: Schema.Literal("walk"), person: Schema.String, steps: Schema.Number }),
)
export type Happening = typeof Happening.Type

export const sentence = (happening: Happening): string => {
  switch (happening.kind) {
    case "weigh":
      return `${happening.person} weighs ${happening.kilograms} kg`
    case "bed-in":
      return `${happening.person} goes to bed`
    case "bed-out":
      return `${happening.person} gets up`
    case "blood-pressure":
      return `${happening.person} has ${happening.systolic}/${happening.diastolic} mmHg`
    case "temperature":
      return `${happening.person} has ${happening.celsius} °C`
    case "walk":
      return `${happening.person} walks ${happening.steps} steps`
  }
}

/** The course of a day: one entry after the other, again and again, around what is known of each person. */
export const dayOf = (
  persons: ReadonlyArray<string>,
  round: number,
  lastWeight: (person: string) => number | null,
): Happening => {
  const person = (index: number) => persons[index % persons.length] ?? "Ann"
  /** A small wave around a usual value, so that charts and homes see it change. */
  const around = (value: number, swing: number) => Math.round((value + swing * Math.sin(round)) * 10) / 10
  const whole = (value: number, swing: number) => Math.round(around(value, swing))
  const weighIn = (index: number): Happening => ({
    kind: "weigh",
    person: person(index),
    kilograms: around(lastWeight(person(index)) ?? 70, 0.3),
  })
  const course: ReadonlyArray<Happening> = [
    weighIn(0),
    { kind: "bed-in", person: person(1) },
    {
      kind: "blood-pressure",
      person: person(0),
      systolic: whole(121, 8),
      diastolic: whole(79, 5),
      pulse: whole(64, 6),
    },
    { kind: "bed-out", person: person(1) },
    weighIn(1),
    { kind: "temperature", person: person(0), celsius: around(36.7, 0.3) },
    { kind: "walk", person: person(1), steps: whole(900, 400) },
    { kind: "bed-in", person: person(0) },
    { kind: "bed-out", person: person(0) },
  ]
  return course[round % course.length] ?? { kind: "bed-out", person: person(0) }
}
