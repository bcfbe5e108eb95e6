import "../matterDefaults.ts"
import "../finalModels.ts"
import "../runMatter.ts"
import { Environment } from "@matter/main"
import { rmSync } from "node:fs"
import { setFlagsFromString, startupSnapshot } from "node:v8"
import { program } from "../program.ts"
import { warmUp } from "./warmUp.ts"

/** What V8 makes a startup snapshot of: the app as it is loaded, with what the first endpoints make matter.js compute. */
export const start = () => {
  startupSnapshot.setDeserializeMainFunction(() => {
    const [, file = ""] = process.execArgv.slice(process.execArgv.indexOf("--snapshot-blob"))
    rmSync(`${file}.starting.${process.pid}`, { force: true })
    // matter.js has read the variables of the process that made the snapshot.
    Environment.default.vars.addUnixEnvStyle(process.env)
    // As withings-matter.mjs does.
    setFlagsFromString("--no-separate-gc-phases")
    void program().then((code) => process.exit(code))
  })
  void warmUp()
}
