import { resolve } from "node:path"
import { Args, Command, HelpDoc, Options } from "@effect/cli"
import type { FileSystem } from "@effect/platform"
import type { Home } from "@withings-bridge/core"
import { Console, Effect, Option, Record } from "effect"
import type { ParseError } from "effect/ParseResult"
import { runnable } from "../app/parts.ts"
import type { CommandError } from "../CommandError.ts"
import { arrivalsText } from "../demo/arrivals.ts"
import { usualHome } from "../demo/calledAs.ts"
import { wantedPorts } from "../demo/choosePorts.ts"
import { askDemo } from "../demo/controlClient.ts"
import { runDemo } from "../demo/demo.ts"
import type { Happening } from "../demo/Happening.ts"
import { green } from "../terminal/style.ts"
import { json } from "./home.ts"

/** Allowed before and after the name of a happening; the latter wins. */
const home = Options.text("home").pipe(
  Options.withDescription(`Folder that keeps pairings and history between starts (${usualHome})`),
  Options.optional,
)

const folderOf = (...asked: ReadonlyArray<Option.Option<string>>): string =>
  resolve(Option.getOrElse(Option.firstSomeOf(asked), () => usualHome))

/** `--matter-port` and the like. */
const portOptions = (homes: ReadonlyArray<Home>) =>
  Options.all(
    Object.fromEntries(
      Object.entries(wantedPorts(runnable(homes)))
        .filter(([, { hasFlag }]) => hasFlag)
        .map(([name, { title, usual }]) => [
          name,
          Options.integer(`${name}-port`).pipe(
            Options.withDescription(`Port of ${title}; otherwise ${usual}, or a free one when that is taken`),
            Options.optional,
          ),
        ]),
    ),
  )

const options = {
  home,
  recorded: Options.directory("recorded", { exists: "yes" }).pipe(
    Options.withDescription("Folder of recorded Withings answers, to show as one more person"),
    Options.optional,
  ),
  loopback: Options.boolean("loopback").pipe(
    Options.withDescription("Stay on this machine: no phone can find the bridges"),
  ),
  every: Options.integer("every").pipe(
    Options.withDescription("Seconds between two things that happen by themselves; 0 for never"),
    Options.withDefault(60),
  ),
}

const person = Args.text({ name: "person" }).pipe(
  Args.withDescription("A person of the household: Ann or Ben"),
)

const pressure = Args.text({ name: "systolic/diastolic" }).pipe(
  Args.withDescription("In mmHg: 121/79"),
  Args.mapEffect((text) => {
    const [, systolic, diastolic] = /^(\d{2,3})\/(\d{2,3})$/u.exec(text) ?? []
    return systolic === undefined || diastolic === undefined
      ? Effect.fail(HelpDoc.p(`"${text}" is no blood pressure: write it as 121/79.`))
      : Effect.succeed({ systolic: Number(systolic), diastolic: Number(diastolic) })
  }),
)

type Happen = (
  home: Option.Option<string>,
  json: boolean,
  happening: Happening,
) => Effect.Effect<void, CommandError | ParseError, FileSystem.FileSystem | Command.Command.Context<"demo">>

/** A command for each thing that can happen in the demo. */
const happeningsOf = (happen: Happen) =>
  [
    Command.make(
      "weigh",
      { person, kilograms: Args.float({ name: "kilograms" }), home, json },
      ({ home, json, kilograms, person }) => happen(home, json, { kind: "weigh", person, kilograms }),
    ).pipe(Command.withDescription("Someone steps on the scale: weigh Ann 94.6")),
    Command.make("bed-in", { person, home, json }, ({ home, json, person }) =>
      happen(home, json, { kind: "goToBed", person }),
    ).pipe(Command.withDescription("Someone goes to bed: bed-in Ben")),
    Command.make("bed-out", { person, home, json }, ({ home, json, person }) =>
      happen(home, json, { kind: "getUp", person }),
    ).pipe(Command.withDescription("Someone gets up: bed-out Ben")),
    Command.make(
      "blood-pressure",
      { person, pressure, pulse: Args.integer({ name: "pulse" }).pipe(Args.withDefault(64)), home, json },
      ({ home, json, person, pressure, pulse }) =>
        happen(home, json, { kind: "measureBloodPressure", person, ...pressure, pulse }),
    ).pipe(Command.withDescription("Someone takes their blood pressure: blood-pressure Ann 121/79 64")),
    Command.make(
      "temperature",
      { person, celsius: Args.float({ name: "celsius" }), home, json },
      ({ celsius, home, json, person }) => happen(home, json, { kind: "takeTemperature", person, celsius }),
    ).pipe(Command.withDescription("Someone takes their temperature: temperature Ann 36.8")),
    Command.make(
      "walk",
      { person, steps: Args.integer({ name: "steps" }), home, json },
      ({ home, json, person, steps }) => happen(home, json, { kind: "walk", person, steps }),
    ).pipe(Command.withDescription("Someone walks: walk Ben 1200")),
  ] as const

export const demo = (homes: ReadonlyArray<Home>) => {
  const asked = Command.make("demo", { ...options, ports: portOptions(homes) })
  /** Lets it happen in the demo that runs in another terminal, and prints how long it took to arrive. */
  const happen = (home: Option.Option<string>, asJson: boolean, happening: Happening) =>
    asked.pipe(
      Effect.flatMap((before) => askDemo(folderOf(home, before.home), happening)),
      Effect.flatMap((happened) =>
        Console.log(
          asJson
            ? JSON.stringify(happened)
            : `${happened.sentence}. It took: ${green(arrivalsText(happened.arrivals, homes))}`,
        ),
      ),
    )
  return Command.withHandler(asked, ({ every, home, loopback, ports, recorded }) =>
    runDemo({
      home: folderOf(home),
      homes,
      recorded: Option.getOrNull(recorded),
      loopback,
      every,
      ports: Record.getSomes(ports),
    }),
  ).pipe(Command.withSubcommands(happeningsOf(happen)))
}
