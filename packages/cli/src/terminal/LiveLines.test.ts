import process from "node:process"
import { Effect } from "effect"
import { expect, it, vi } from "vitest"
import { makeLiveLines } from "./LiveLines.ts"

it("prints each line of a record once, until it changes", async () => {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true)
  await Effect.runPromise(
    Effect.gen(function* () {
      const { draw } = yield* makeLiveLines
      yield* draw(["✓ Ben", "Ann 10%"])
      yield* draw(["✓ Ben", "Ann 20%"])
      yield* draw(["✓ Ben", "✓ Ann"])
    }),
  )
  const printed = write.mock.calls.join("")
  write.mockRestore()
  expect(printed).toBe("✓ Ben\nAnn 10%\nAnn 20%\n✓ Ann\n")
})
