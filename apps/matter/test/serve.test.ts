import { Environment } from "@matter/main"
import { HouseholdFeed } from "@withings-bridge/core"
import { Cause, Effect, Fiber, Stream } from "effect"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { ask } from "../src/control.ts"
import { serve } from "../src/serve.ts"
import * as the from "./household.ts"
import { simulatedNetwork } from "./simulatedNetwork.ts"

Environment.default.vars.set("log.level", "fatal")
simulatedNetwork()(1, Environment.default)

let startAgain: () => Promise<void>

const feed = HouseholdFeed.of({
  current: Effect.succeed(the.everything),
  follow: () => Effect.never,
  changes: () => Stream.never,
  consumers: Effect.succeed([]),
})

let home: string
let bridge: Fiber.Fiber<never, Error>

/** A running bridge, once its codes are known. */
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "withings-matter-"))
  const settings = {
    home,
    port: 5540,
    interface: "lo",
    ipv4: true,
    vendorId: 0xfff1,
    productId: 0x8000,
    name: "Withings Bridge",
    logLevel: "fatal",
    announceWithin: null,
    hasOldContacts: false,
    hasOldBedUnknown: false,
    choices: the.noChoices,
  } as const
  startAgain = async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    bridge = Effect.runFork(
      serve(settings, () => Effect.sync(resolve)).pipe(Effect.provideService(HouseholdFeed, feed)),
    )
    await promise
  }
  await startAgain()
})
afterEach(async () => {
  await Effect.runPromise(Fiber.interrupt(bridge))
  rmSync(home, { recursive: true })
})

it("ends by nothing but the interruption when it is stopped", async () => {
  const exit = await Effect.runPromise(Fiber.interrupt(bridge))
  expect(exit).toMatchObject({ _tag: "Failure" })
  expect(exit._tag === "Failure" && Cause.isInterruptedOnly(exit.cause)).toBe(true)
})

it("ends when the node cannot be made anew after a reset, and can be started again in the same process", async () => {
  // Makes it impossible to write the new salt.
  const salt = join(home, "matter", "salt")
  rmSync(salt)
  mkdirSync(salt)
  await expect(ask(join(home, "matter"), "POST", "/factory-reset")).rejects.toThrow(/EISDIR/)
  const failure = await Effect.runPromise(Effect.flip(Fiber.join(bridge)))
  expect(failure.message).toMatch(/^The Matter bridge failed: EISDIR/)
  rmSync(salt, { recursive: true })
  await startAgain()
})
