import { Logger } from "@matter/main"
import { expect, it } from "vitest"
import { shortenMatterLog } from "./matterLog.ts"

it("says each warning in one line, without a stack, and not twice", () => {
  const lines: Array<string> = []
  shortenMatterLog((isError, sentence) => void lines.push(`${isError ? "Error" : "Warning"}: ${sentence}`))
  const logger = Logger.get("Probe")
  const failure = new Error("The peer is gone\nand more")
  for (let time = 0; time < 3; time++) logger.warn("Cannot reach", "fabric 1:", failure)
  logger.error(failure)
  expect(lines).toEqual([
    "Warning: Matter (Probe): Cannot reach fabric 1: The peer is gone",
    "Error: Matter (Probe): The peer is gone",
  ])
})
