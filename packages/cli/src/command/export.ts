import { Command, Options } from "@effect/cli"
import { History, HouseholdFeed, type Measure } from "@withings-bridge/core"
import { Console, Effect, Option, Stream } from "effect"
import { CommandError } from "../CommandError.ts"
import { home } from "./home.ts"
import { withHousehold } from "./withHousehold.ts"

const format = Options.choice("format", ["csv", "jsonl"]).pipe(
  Options.withDescription("csv, or one JSON object a line"),
  Options.withDefault("csv"),
)
const person = Options.text("person").pipe(Options.withDescription("Only this person's"), Options.optional)

const columns = ["person", "at", "kind", "position", "value", "source", "attribution"] as const

interface Row extends Readonly<Record<(typeof columns)[number], string | number | null>> {}

const toRow = (measure: Measure, person: string): Row => ({
  person,
  at: new Date(measure.at * 1_000).toISOString(),
  kind: measure.kind,
  position: measure.position,
  value: measure.value,
  source: measure.source,
  attribution: measure.attribution,
})

/** A name with a comma or a quote in it stays one cell (RFC 4180). */
const cell = (value: string | number | null): string => {
  const text = value === null ? "" : String(value)
  return /[",\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const exportMeasures = Command.make("export", { format, person, home }, ({ format, home, person }) =>
  Effect.gen(function* () {
    const { persons } = yield* (yield* HouseholdFeed).current
    const names = new Map(persons.map(({ id, name }) => [id, name]))
    const only = Option.isNone(person)
      ? null
      : persons.find(({ name }) => name.toLowerCase() === person.value.toLowerCase())
    if (only === undefined)
      return yield* new CommandError({
        message: `Nobody of that name has signed in. Known: ${[...names.values()].join(", ") || "nobody"}.`,
      })
    if (format === "csv") yield* Console.log(columns.join(","))
    yield* (yield* History).all(only?.id ?? null).pipe(
      Stream.map((measure) => toRow(measure, names.get(measure.personId) ?? measure.personId)),
      Stream.map((row) =>
        format === "csv" ? columns.map((column) => cell(row[column])).join(",") : JSON.stringify(row),
      ),
      Stream.runForEachChunk((lines) => Console.log([...lines].join("\n"))),
    )
  }).pipe(withHousehold(home)),
).pipe(Command.withDescription("Writes all measures to standard output: export --format csv > measures.csv"))
