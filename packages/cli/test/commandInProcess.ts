import * as NodeContext from "@effect/platform-node/NodeContext"
import { homes } from "@withings-bridge/homes"
import { Effect } from "effect"
import { vi } from "vitest"
import { cli } from "../src/command/cli.ts"

/** Runs a command in this process, without a terminal: far faster than a separate process. */
export const runCommand = async (
  ...args: ReadonlyArray<string>
): Promise<{ readonly failed: boolean; readonly said: string }> => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {})
  try {
    const failure = await Effect.runPromise(
      cli(["node", "withings-bridge", ...args], homes).pipe(
        Effect.provide(NodeContext.layer),
        Effect.match({ onFailure: (error) => String(error), onSuccess: () => null }),
      ),
    )
    const printed = log.mock.calls.map((line) => line.join(" "))
    return {
      failed: failure !== null,
      said: [...printed, ...(failure === null ? [] : [failure])].join("\n"),
    }
  } finally {
    log.mockRestore()
  }
}
