import { Command } from "@effect/cli"
import { checkConfig } from "./checkConfig.ts"
import { connect } from "./connect.ts"
import { demo } from "./demo.ts"
import { devices } from "./devices.ts"
import { doctor } from "./doctor.ts"
import { init } from "./init.ts"
import { people } from "./people.ts"
import { reset } from "./reset.ts"
import { run } from "./run.ts"
import { service } from "./service.ts"
import { status } from "./status.ts"
import { sync } from "./sync.ts"

const withingsBridge = Command.make("withings-bridge").pipe(
  Command.withDescription(
    "Withings measures in Apple Home, Matter and Gladys. Begin with `init`, then `connect` each person, then " +
      "start an app; `doctor` tells what is wrong. Without an account: `demo`.",
  ),
  Command.withSubcommands([init, checkConfig, connect, people, devices, run, service, doctor, reset, demo]),
)

export const cli = Command.run(withingsBridge, { name: "Withings Bridge", version: "0.0.0" })
