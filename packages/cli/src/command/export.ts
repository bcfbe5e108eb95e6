import { Command, Options } from "@effect/cli"
import { History, HouseholdFeed, toObservations, type Measure } from "@withings-bridge/core"
import { Chunk, Console, Effect, Option, Stream } from "effect"
import { columns, csvLine, measureRow } from "../export/measureRow.ts"
import { home } from "./home.ts"
import { personNamed } from "./personNamed.ts"
import { withHousehold } from "./withHousehold.ts"

const format = Options.choice("format", ["csv", "jsonl", "fhir"]).pipe(
  Options.withDescription("csv, or a JSON object or FHIR R4 Observation per line"),
  Options.withDefault("csv"),
)
const person = Options.text("person").pipe(Options.withDescription("Only this person's"), Options.optional)

/** The lines for the measures of one Withings record. */
const linesIn: Readonly<
  Record<"csv" | "jsonl" | "fhir", (record: ReadonlyArray<Measure>, person: string) => ReadonlyArray<string>>
> = {
  csv: (record, person) => record.map((measure) => csvLine(measureRow(measure, person))),
  jsonl: (record, person) => record.map((measure) => JSON.stringify(measureRow(measure, person))),
  fhir: (record, person) => toObservations(record, person).map((one) => JSON.stringify(one)),
}

export const exportMeasures = Command.make("export", { format, person, home }, ({ format, home, person }) =>
  Effect.gen(function* () {
    const { persons } = yield* (yield* HouseholdFeed).current
    const names = new Map(persons.map(({ id, name }) => [id, name]))
    const only = Option.isNone(person) ? null : yield* personNamed(persons, person.value)
    if (format === "csv") yield* Console.log(columns.join(","))
    const nameOf = ({ personId }: Measure) => names.get(personId) ?? personId
    const lines = linesIn[format]
    yield* (yield* History).all(only?.id ?? null).pipe(
      Stream.groupAdjacentBy(({ group, personId, source }) => `${personId}/${source}/${group}`),
      Stream.mapConcat(([, record]) => lines([...record], nameOf(Chunk.headNonEmpty(record)))),
      Stream.grouped(500),
      Stream.runForEach((lines) => Console.log([...lines].join("\n"))),
    )
  }).pipe(withHousehold(home)),
)
