import process from "node:process"
import { Command } from "@effect/cli"
import { BridgeConfig, dataSource, type Home } from "@withings-bridge/core"
import { Effect } from "effect"
import { partsOf } from "../app/parts.ts"
import { bad, good, type Finding } from "../doctor/Finding.ts"
import { checkHousehold } from "../doctor/household.ts"
import { checkDisk, checkHome, checkKey, checkNode, homeFolder } from "../doctor/machine.ts"
import { checkMulticast } from "../doctor/multicast.ts"
import { checkPorts } from "../doctor/ports.ts"
import { checkReachability } from "../doctor/withings.ts"
import { answer } from "../terminal/answer.ts"
import { green, red, wrap, yellow } from "../terminal/style.ts"
import { home, json } from "./home.ts"

const marks: Readonly<Record<Finding["verdict"], string>> = {
  good: green("✓"),
  note: yellow("–"),
  bad: red("✗"),
}

const findingText = ({ about, found, remedy, verdict }: Finding): string =>
  [
    `${marks[verdict]} ${about.padEnd(15)} ${wrap(found, 78, " ".repeat(18)).trimStart()}`,
    ...(remedy === null ? [] : [wrap(`→ ${remedy}`, 78, " ".repeat(18))]),
  ].join("\n")

const verdictText = (findings: ReadonlyArray<Finding>): string => {
  const count = findings.filter(({ verdict }) => verdict === "bad").length
  return count === 0 ? "Everything needed works." : `${count} thing${count === 1 ? "" : "s"} to mend.`
}

/** Looks at everything, whatever fails before: the fourth thing wrong must not hide behind the first. */
const examine = (home: string, homes: ReadonlyArray<Home>) =>
  Effect.gen(function* () {
    const machine = yield* Effect.all([
      checkNode,
      checkHome(home),
      checkKey(home),
      checkDisk(home),
      checkMulticast,
    ])
    // Reading the configuration would make the folder.
    if (machine.some(({ about, verdict }) => about === homeFolder && verdict === "bad")) return machine
    const config = yield* Effect.either(BridgeConfig.loadWith({ home }))
    if (config._tag === "Left")
      return [
        ...machine,
        ...config.left.mistakes.map(({ found, key, line, source, wanted }) =>
          bad(
            "Configuration",
            `${source}${line === null ? "" : `, line ${line}`}: ${key} is ${found}`,
            `Wanted: ${wanted}.`,
          ),
        ),
      ]
    const source = dataSource(config.right)
    if (source === null)
      return [...machine, bad("Configuration", "nothing is set up yet", "Run `withings-bridge init`.")]
    return [
      ...machine,
      good("Configuration", "in order"),
      ...(yield* checkPorts(config.right, partsOf(homes))),
      ...(yield* source.kind === "hub"
        ? checkReachability("Hub", source.hub.url)
        : checkReachability("Withings", config.right.apiUrl)),
      ...(yield* checkHousehold(config.right)),
    ]
  })

export const doctor = (homes: ReadonlyArray<Home>) =>
  Command.make("doctor", { home, json }, ({ home, json }) =>
    Effect.gen(function* () {
      const findings = yield* examine(home, homes)
      yield* answer(json, findings, () =>
        [...findings.map(findingText), "", verdictText(findings)].join("\n"),
      )
      if (findings.some(({ verdict }) => verdict === "bad")) process.exitCode = 1
    }),
  )
