import { Environment } from "@matter/main"
import { Effect, Runtime } from "effect"
import { shortenMatterLog } from "./matterLog.ts"
import type { Pairing } from "./pairing.ts"
import { serve } from "./serve.ts"
import type { Settings } from "./settings.ts"

/** matter.js logs at length from this level on: whoever asks for it gets its own lines. */
const longLevels = new Set(["debug", "info", "notice"])

/** The Matter bridge, for as long as it is not interrupted. Codes and controllers are told now and at each change. */
export const runMatter = (settings: Settings, tell: (pairing: Pairing) => Effect.Effect<void>) =>
  Effect.gen(function* () {
    const runtime = yield* Effect.runtime()
    const log = Runtime.runSync(runtime)
    if (!longLevels.has(settings.logLevel))
      shortenMatterLog((isError, sentence) =>
        log(isError ? Effect.logError(sentence) : Effect.logWarning(sentence)),
      )
    const { vars } = Environment.default
    vars.set("log.level", settings.logLevel)
    vars.set("mdns.ipv4", settings.ipv4)
    if (settings.interface !== null) vars.set("mdns.networkInterface", settings.interface)
    return yield* serve(settings, tell)
  })
