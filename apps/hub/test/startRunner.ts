/** A runner as a process of its own, configured as one is; `without-quota` lets it ask Withings as often as it likes. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Effect } from "effect"
import { unlimited } from "../../../packages/core/test/unhurried.ts"
import { hubConfig } from "../src/HubConfig.ts"
import { launch } from "../src/launch.ts"

// For a bench that wants to know what is held rather than what is not given back yet.
process.on("SIGUSR2", () => globalThis.gc?.())
const budget = process.argv.includes("without-quota") ? unlimited : undefined
NodeRuntime.runMain(Effect.flatMap(hubConfig, (config) => launch(config, budget)))
