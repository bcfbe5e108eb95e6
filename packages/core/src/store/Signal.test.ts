import { assert, it } from "@effect/vitest"
import { Duration, Effect, Fiber, Queue, Schedule, Stream } from "effect"
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { signalByFile } from "./Signal.ts"

const newFolder = () => mkdtempSync(join(tmpdir(), "withings-signal-"))

it.live("one process hears another", () =>
  Effect.gen(function* () {
    const file = join(newFolder(), "signal")
    const [one, other] = [yield* signalByFile(file), yield* signalByFile(file)]
    const heard = yield* Queue.sliding<void>(1)
    const listening = yield* Effect.fork(
      Stream.runForEach(one.heard("home"), () => Queue.offer(heard, undefined)),
    )
    yield* other.send("home").pipe(Effect.repeat(Schedule.spaced(Duration.millis(100))), Effect.fork)
    yield* Queue.take(heard)
    yield* Fiber.interrupt(listening)
  }),
)

it.live("a file that cannot be watched is no defect, and the rest of the stream goes on", () =>
  Effect.gen(function* () {
    const file = join(newFolder(), "signal")
    const { heard } = yield* signalByFile(file)
    rmSync(file)
    const merged = Stream.merge(heard("home"), Stream.fromSchedule(Schedule.spaced(Duration.millis(20))))
    assert.strictEqual(yield* Stream.runCount(Stream.take(merged, 3)), 3)
  }),
)

it.live.skipIf(process.platform === "win32")("is for the group of a folder that is", () =>
  Effect.gen(function* () {
    const home = newFolder()
    const file = join(home, "signal")
    // As a version before this one left it.
    writeFileSync(file, "", { mode: 0o600 })
    chmodSync(home, 0o770)
    yield* signalByFile(file)
    assert.strictEqual(statSync(file).mode & 0o777, 0o660)
    chmodSync(home, 0o700)
    yield* signalByFile(file)
    assert.strictEqual(statSync(file).mode & 0o777, 0o600)
  }),
)
