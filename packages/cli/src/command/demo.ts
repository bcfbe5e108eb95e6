import { resolve } from "node:path"
import { Args, Command, HelpDoc, Options } from "@effect/cli"
import { Console, Effect, Option } from "effect"
import { arrivalsText } from "../demo/arrivals.ts"
import { usualHome } from "../demo/calledAs.ts"
import { askDemo } from "../demo/controlClient.ts"
import { runDemo } from "../demo/demo.ts"
import { usualPorts } from "../demo/DemoSettings.ts"
import type { Happening } from "../demo/Happening.ts"
import { green } from "../terminal/style.ts"

/** May stand before or after the name of a happening: both are asked, and the nearer one wins. */
const home = Options.text("home").pipe(
  Options.withDescription(`Folder that keeps pairings and history from start to start (${usualHome})`),
  Options.optional,
)

const folderOf = (...asked: ReadonlyArray<Option.Option<string>>): string =>
  resolve(Option.getOrElse(Option.firstSomeOf(asked), () => usualHome))

const json = Options.boolean("json").pipe(Options.withDescription("Answer as JSON, for scripts"))

const port = (name: string, what: string, usual: number) =>
  Options.integer(name).pipe(
    Options.withDescription(`Port of ${what}; otherwise ${usual}, or a free one when that is taken`),
    Options.optional,
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
  homekitPort: port("homekit-port", "Homebridge", usualPorts.homekit),
  matterPort: port("matter-port", "the Matter bridge", usualPorts.matter),
  gladysPort: port("gladys-port", "the Gladys bridge", usualPorts.gladys),
}

const asked = Command.make("demo", options)

const person = Args.text({ name: "person" }).pipe(
  Args.withDescription("Someone of the household: Ann or Ben"),
)

/** Does it in the demo that runs in another terminal, and tells how long it took to arrive. */
const happen = (home: Option.Option<string>, asJson: boolean, happening: Happening) =>
  asked.pipe(
    Effect.flatMap((before) => askDemo(folderOf(home, before.home), happening)),
    Effect.flatMap((happened) =>
      Console.log(
        asJson
          ? JSON.stringify(happened)
          : `${happened.sentence}. It took: ${green(arrivalsText(happened.arrivals))}`,
      ),
    ),
  )

const weigh = Command.make(
  "weigh",
  { person, kilograms: Args.float({ name: "kilograms" }), home, json },
  ({ home, json, kilograms, person }) => happen(home, json, { kind: "weigh", person, kilograms }),
).pipe(Command.withDescription("Someone steps on the scale: weigh Ann 94.6"))

const bedIn = Command.make("bed-in", { person, home, json }, ({ home, json, person }) =>
  happen(home, json, { kind: "bed-in", person }),
).pipe(Command.withDescription("Someone goes to bed: bed-in Ben"))

const bedOut = Command.make("bed-out", { person, home, json }, ({ home, json, person }) =>
  happen(home, json, { kind: "bed-out", person }),
).pipe(Command.withDescription("Someone gets up: bed-out Ben"))

const pressure = Args.text({ name: "systolic/diastolic" }).pipe(
  Args.withDescription("In mmHg: 121/79"),
  Args.mapEffect((text) => {
    const [, systolic, diastolic] = /^(\d{2,3})\/(\d{2,3})$/u.exec(text) ?? []
    return systolic === undefined || diastolic === undefined
      ? Effect.fail(HelpDoc.p(`"${text}" is no blood pressure: write it as 121/79.`))
      : Effect.succeed({ systolic: Number(systolic), diastolic: Number(diastolic) })
  }),
)

const bloodPressure = Command.make(
  "blood-pressure",
  { person, pressure, pulse: Args.integer({ name: "pulse" }).pipe(Args.optional), home, json },
  ({ home, json, person, pressure, pulse }) =>
    happen(home, json, {
      kind: "blood-pressure",
      person,
      ...pressure,
      ...(Option.isSome(pulse) ? { pulse: pulse.value } : {}),
    }),
).pipe(Command.withDescription("Someone takes their blood pressure: blood-pressure Ann 121/79 64"))

const temperature = Command.make(
  "temperature",
  { person, celsius: Args.float({ name: "celsius" }), home, json },
  ({ celsius, home, json, person }) => happen(home, json, { kind: "temperature", person, celsius }),
).pipe(Command.withDescription("Someone takes their temperature: temperature Ann 36.8"))

const walk = Command.make(
  "walk",
  { person, steps: Args.integer({ name: "steps" }), home, json },
  ({ home, json, person, steps }) => happen(home, json, { kind: "walk", person, steps }),
).pipe(Command.withDescription("Someone walks: walk Ben 1200"))

export const demo = Command.withHandler(asked, (asked) =>
  runDemo({
    home: folderOf(asked.home),
    recorded: Option.getOrNull(asked.recorded),
    loopback: asked.loopback,
    every: asked.every,
    ports: {
      ...(Option.isSome(asked.homekitPort) ? { homekit: asked.homekitPort.value } : {}),
      ...(Option.isSome(asked.matterPort) ? { matter: asked.matterPort.value } : {}),
      ...(Option.isSome(asked.gladysPort) ? { gladys: asked.gladysPort.value } : {}),
    },
  }),
).pipe(
  Command.withDescription(
    "A made-up household, shown in Apple Home, Matter and Gladys at once; no Withings account needed. " +
      "While it runs, the subcommands let something happen from a second terminal.",
  ),
  Command.withSubcommands([weigh, bedIn, bedOut, bloodPressure, temperature, walk]),
)
