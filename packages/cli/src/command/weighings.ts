import { Args, Command, Options } from "@effect/cli"
import { Weighings, type Weighing } from "@withings-bridge/core"
import { Effect } from "effect"
import { CommandError } from "../CommandError.ts"
import { answer } from "../terminal/answer.ts"
import { dim, wrap } from "../terminal/style.ts"
import { table } from "../terminal/table.ts"
import { home, json } from "./home.ts"
import { withHousehold } from "./withHousehold.ts"

/** Enough digits to identify a weighing. */
const shortId = ({ id }: Weighing): string => id.slice(0, 8)

const date = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short" })
const timeOf = ({ at }: Weighing): string => date.format(at * 1_000)
const weightOf = ({ weight }: Weighing): string => (weight === null ? "no weight" : `${weight.toFixed(1)} kg`)

const choiceOf = ({ choice, persons }: Weighing): string => {
  if (choice === null) return "open"
  const name = persons.find(({ id }) => id === choice.personId)?.name ?? "nobody"
  return choice.by === "range" ? `${name} (by weight range)` : name
}

const linesOf = (weighings: ReadonlyArray<Weighing>): string =>
  table(
    ["Id", "Time", "Weight", "Possible persons", "Assigned to"],
    weighings.map((weighing) => [
      shortId(weighing),
      timeOf(weighing),
      weightOf(weighing),
      weighing.persons.map(({ name }) => name).join(", "),
      choiceOf(weighing),
    ]),
  )

const weighingsText = (shown: ReadonlyArray<Weighing>, hidden: number): string => {
  const more = hidden === 0 ? "" : dim(`${hidden} already assigned: add --all to see them.`)
  if (shown.length === 0) return `No weighing is waiting to be assigned.${more === "" ? "" : `\n${more}`}`
  return [linesOf(shown), "", ...(more === "" ? [] : [more]), dim(hint(shown))].join("\n")
}

const hint = ([first]: ReadonlyArray<Weighing>): string =>
  first === undefined
    ? ""
    : wrap(
        `Assign one: withings-bridge weighings assign ${shortId(first)} ${first.persons[0]?.name ?? "Ann"}, or nobody for a guest.`,
      )

const all = Options.boolean("all").pipe(Options.withDescription("Also those that are already assigned"))

const list = Command.make("weighings", { all, home, json }, ({ all, home, json }) =>
  Effect.gen(function* () {
    const known = yield* Effect.flatMap(Weighings, (weighings) => weighings.all)
    const shown = all ? known : known.filter(({ choice }) => choice === null)
    yield* answer(json, shown, () => weighingsText(shown, known.length - shown.length))
  }).pipe(withHousehold(home)),
)

const weighing = Args.text({ name: "id" }).pipe(
  Args.withDescription("Its id, as `withings-bridge weighings` lists it"),
)
const person = Args.text({ name: "person" }).pipe(
  Args.withDescription("One of the possible persons, or nobody"),
)

const weighingWith = (known: ReadonlyArray<Weighing>, typed: string) => {
  const [found, ...others] = known.filter(({ id }) => id.startsWith(typed.toLowerCase()))
  return found === undefined || others.length > 0
    ? new CommandError(
        "weighing-unknown",
        found === undefined
          ? `There is no weighing "${typed}": \`withings-bridge weighings --all\` lists them.`
          : `Several weighings begin with "${typed}": write more of the id.`,
      )
    : Effect.succeed(found)
}

/** null: nobody. */
const personOf = ({ persons }: Weighing, typed: string) => {
  const found = persons.find(({ name }) => name.toLowerCase() === typed.toLowerCase())
  if (found !== undefined) return Effect.succeed(found)
  return typed.toLowerCase() === "nobody"
    ? Effect.succeed(null)
    : new CommandError(
        "weighing-unknown",
        `It cannot be ${typed}'s: Withings lists it for ${persons.map(({ name }) => name).join(" and ")}. Write one of them, or nobody.`,
      )
}

const assign = Command.make("assign", { weighing, person, home, json }, ({ home, json, person, weighing }) =>
  Effect.gen(function* () {
    const service = yield* Weighings
    const chosen = yield* weighingWith(yield* service.all, weighing)
    const owner = yield* personOf(chosen, person)
    yield* service.assign(chosen.id, owner?.id ?? null)
    yield* answer(json, { id: chosen.id, person: owner?.name ?? null }, () =>
      wrap(
        owner === null
          ? `The weighing of ${timeOf(chosen)} (${weightOf(chosen)}) belongs to nobody now and is not shown anywhere.`
          : `The weighing of ${timeOf(chosen)} (${weightOf(chosen)}) is ${owner.name}'s now.`,
      ),
    )
  }).pipe(withHousehold(home)),
).pipe(Command.withDescription("Gives a weighing to a person or to nobody: weighings assign 3f2a91c0 Ann"))

export const weighings = list.pipe(Command.withSubcommands([assign]))
