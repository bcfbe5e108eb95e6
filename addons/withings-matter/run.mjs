// Hands the add-on's options to the bridge. Supervisor writes them to /data/options.json.
import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"

const { client_id, client_secret, persons } = JSON.parse(readFileSync("/data/options.json", "utf8"))
const bridge = spawn("withings-bridge", ["run", "--matter", "--console"], {
  stdio: "inherit",
  env: {
    ...process.env,
    WITHINGS_BRIDGE_HOME: "/data/withings-bridge",
    WITHINGS_CLIENT_ID: client_id,
    WITHINGS_CLIENT_SECRET: client_secret,
    WITHINGS_PROFILES: persons.join(","),
    WITHINGS_CONSOLE_HOST: "0.0.0.0",
  },
})
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => bridge.kill(signal))
bridge.on("exit", (code) => process.exit(code ?? 1))
