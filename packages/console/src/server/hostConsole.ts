import { Bridge, BridgeConfig } from "@withings-bridge/core"
import { Effect, Layer, Queue } from "effect"
import * as Console from "./Console.ts"
import type { ConsoleOptions } from "./ConsoleOptions.ts"

/** Long enough for the answer "saved" to reach the page. */
const answerIsOut = "100 millis"

/**
 * The console and the core behind it, until interrupted. Both begin anew when settings were saved, so that the keys
 * that someone has just entered are those that the next sign-in uses; the page comes back by itself.
 */
export const hostConsole = (options: ConsoleOptions) =>
  Effect.gen(function* () {
    const greet = yield* Effect.once(options.onListening ?? Effect.void)
    const saved = yield* Queue.sliding<void>(1)
    const onSettingsSaved = Queue.offer(saved, undefined)
    const untilSaved = Effect.gen(function* () {
      const config = yield* BridgeConfig.loadWith({ home: options.home })
      const console = Console.layer({ ...options, onSettingsSaved: Effect.asVoid(onSettingsSaved) })
      yield* Layer.build(Layer.provide(console, Bridge.layer(config)))
      yield* greet
      yield* Queue.take(saved)
      yield* Effect.sleep(answerIsOut)
    }).pipe(Effect.scoped)
    return yield* Effect.forever(untilSaved)
  })
