import { Args, Command, Options } from "@effect/cli"
import {
  closest,
  History,
  HouseholdFeed,
  isShown,
  type Feature,
  type Household,
  type Point,
  epochSeconds,
  type PersonId,
} from "@withings-bridge/core"
import { Effect, Option } from "effect"
import { CommandError } from "../CommandError.ts"
import { amountText, valueText } from "../terminal/amount.ts"
import { answer } from "../terminal/answer.ts"
import { count } from "../terminal/progressBar.ts"
import { sparkline } from "../terminal/sparkline.ts"
import { bold, cyan, dim } from "../terminal/style.ts"
import { table } from "../terminal/table.ts"
import { home, json } from "./home.ts"
import { personNamed } from "./personNamed.ts"
import { withHousehold } from "./withHousehold.ts"

const person = Args.text({ name: "person" }).pipe(Args.withDescription("Whose: Ann"), Args.optional)
const kind = Args.text({ name: "kind" }).pipe(
  Args.withDescription("What to show: weight, heart-rate, …; leave it out to list them"),
  Args.optional,
)
const all = Options.boolean("all").pipe(
  Options.withDescription("List every kind, not only the essential ones"),
)
const since = Options.date("since").pipe(Options.withDescription("First day: 2026-01-31"), Options.optional)
const until = Options.date("until").pipe(Options.withDescription("Last day"), Options.optional)

const aDay = 86_400
/** Midnight of this machine's time zone on that date, epoch seconds. */
const beginOf = (day: Date) =>
  new Date(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()).getTime() / 1_000
/** How many of the newest values are listed; the sparkline shows all. */
const shown = 10

const valuesOf = ({ descriptors, leftOut }: Household, personId: PersonId): ReadonlyArray<Feature> => {
  const own = [...descriptors, ...leftOut]
    .filter((descriptor) => descriptor.personId === personId)
    .flatMap(({ features }) => features)
    .filter(({ nature }) => ["value", "counter", "verdict", "time"].includes(nature))
  const newest = new Map<string, Feature>()
  for (const feature of own) {
    const other = newest.get(feature.key)
    // With two scales, the weight is the one measured last.
    if (other === undefined || (feature.reading?.at ?? 0) > (other.reading?.at ?? 0))
      newest.set(feature.key, feature)
  }
  return [...newest.values()]
}

const kindNamed = (features: ReadonlyArray<Feature>, key: string) =>
  Effect.fromNullable(features.find((feature) => feature.key === key)).pipe(
    Effect.mapError(() => {
      const keys = features.map((feature) => feature.key)
      const parts = keys.filter((known) => known.includes(key))
      const near = parts.length > 0 ? parts : [closest(key, keys) ?? []].flat()
      return new CommandError(
        "kind-unknown",
        `There is no measure "${key}". ${near.length > 0 ? `Did you mean ${near.join(", ")}?` : "Leave it out to see which there are."}`,
      )
    }),
  )

const date = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short" })

const courseText = (name: string, feature: Feature, points: ReadonlyArray<Point>): string => {
  const value = (point: number) => amountText(point, feature)
  if (points.length === 0) return `${bold(feature.name.en)} of ${name}: no values in this period.`
  const values = points.map((point) => point.value)
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length
  return [
    `${bold(feature.name.en)} of ${name}: ${count(points.length)} values`,
    "",
    `  ${cyan(sparkline(values, 70))}`,
    dim(`  lowest ${value(Math.min(...values))}, mean ${value(mean)}, highest ${value(Math.max(...values))}`),
    "",
    ...points.slice(-shown).map((point) => `  ${dim(date.format(point.at * 1_000))}  ${value(point.value)}`),
  ].join("\n")
}

const kindsText = (name: string, features: ReadonlyArray<Feature>): string =>
  [
    `Measures of ${bold(name)}:`,
    "",
    table(
      ["Kind", "Now", "Name"],
      features.map((feature) => [
        feature.key,
        feature.reading === null ? "" : valueText(feature),
        feature.name.en,
      ]),
    ),
  ].join("\n")

interface Request {
  readonly person: Option.Option<string>
  readonly kind: Option.Option<string>
}

/** A single word that names a kind but no person is the kind: `measures weight` is the first person's. */
const resolved = ({ descriptors, leftOut, persons }: Household, { kind, person }: Request): Request => {
  const isKind = (word: string) =>
    !persons.some(({ name }) => name.toLowerCase() === word.toLowerCase()) &&
    [...descriptors, ...leftOut].some(({ features }) => features.some(({ key }) => key === word))
  return Option.isNone(kind) && Option.exists(person, isKind)
    ? { person: Option.none(), kind: person }
    : { person, kind }
}

export const measures = Command.make(
  "measures",
  { person, kind, since, until, all, home, json },
  ({ all, home, json, since, until, ...typed }) =>
    Effect.gen(function* () {
      const household = yield* (yield* HouseholdFeed).current
      const { kind, person } = resolved(household, typed)
      const [first] = household.persons
      const who = yield* personNamed(
        household.persons,
        Option.getOrElse(person, () => first?.name ?? ""),
      )
      const features = valuesOf(household, who.id)
      if (Option.isNone(kind))
        return yield* answer(json, features, () =>
          kindsText(
            who.name,
            features.filter((feature) => isShown(feature, all ? "all" : household.values)),
          ),
        )
      const feature = yield* kindNamed(features, kind.value)
      const now = yield* epochSeconds
      const points = yield* (yield* History).range({
        personId: who.id,
        feature: feature.key,
        from: Option.match(since, { onNone: () => 0, onSome: beginOf }),
        to: Option.match(until, { onNone: () => now, onSome: (day) => beginOf(day) + aDay - 1 }),
      })
      yield* answer(
        json,
        { person: who.name, kind: feature.key, unit: feature.unit?.ucum ?? null, points },
        () => courseText(who.name, feature, points),
      )
    }).pipe(withHousehold(home)),
)
