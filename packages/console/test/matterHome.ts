import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

const script = fileURLToPath(new URL("../../../apps/matter/test/pairedBridge.ts", import.meta.url))

/** The real Matter bridge of a household with controllers "Ann's home" and "Guest", in another process. */
export const startMatterHome = (home: string) => {
  const bridge = spawn(process.execPath, ["--conditions", "@withings-bridge/source", script, home], {
    stdio: ["pipe", "pipe", "inherit"],
  })
  const exited = new Promise((resolve) => bridge.once("exit", resolve))
  let output = ""
  bridge.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString()
  })
  return {
    /** Labels and endpoint numbers that a controller sees now. */
    seen: (): Readonly<Record<string, number>> =>
      JSON.parse(
        output
          .split("\n")
          .slice(0, -1)
          .findLast((line) => line.startsWith("{")) ?? "{}",
      ),
    close: async () => {
      bridge.stdin.end()
      await exited
    },
  }
}
