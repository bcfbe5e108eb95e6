import process from "node:process"
import { Args, Command } from "@effect/cli"
import { BridgeConfig, probeWebhook, refusedByWithings, saveConfigFile } from "@withings-bridge/core"
import { Effect, Option } from "effect"
import { CommandError } from "../CommandError.ts"
import { answer } from "../terminal/answer.ts"
import { bold, cyan, dim, green, yellow } from "../terminal/style.ts"
import { installedTools } from "../webhook/installedTools.ts"
import { waysFor } from "../webhook/ways.ts"
import { home, json } from "./home.ts"

const address = Args.text({ name: "address" }).pipe(
  Args.withDescription("The public address of the webhook receiver, to test and save"),
  Args.optional,
)

const instructions = (port: number) => {
  const ways = waysFor(installedTools(process.env["PATH"] ?? ""))
  return [
    `Withings has to reach ${cyan(`http://127.0.0.1:${port}`)} through an https address with a domain name,`,
    "on port 443 or 80. Each of these gives you one:",
    ...ways.flatMap(({ isHere, steps, title }) => [
      "",
      `${bold(title)}${isHere ? green("  installed here") : dim("  not installed")}`,
      ...steps(port).map((step) => `  ${step.replaceAll("\n", "\n  ")}`),
    ]),
    "",
    "The last command of each tests the address and writes it into config.yaml.",
  ].join("\n")
}

/** Saves the address, then probes it as Withings does. It answers only while an app runs. */
const keep = (publicUrl: string, home: string) =>
  Effect.gen(function* () {
    const refusal = refusedByWithings(publicUrl)
    if (refusal !== null)
      return yield* new CommandError("public-address", `Withings would refuse ${publicUrl}: ${refusal}.`)
    yield* saveConfigFile(home, { "webhook.public_url": publicUrl })
    return yield* probeWebhook(yield* BridgeConfig.loadWith({ home }))
  })

const keptText = (publicUrl: string, trouble: string | null) =>
  trouble === null
    ? `${green("✓")} ${publicUrl} answers, and is in config.yaml. Restart the app: it subscribes, and Withings tests the address.`
    : [
        `${yellow("!")} ${publicUrl} is in config.yaml, but ${trouble}.`,
        "  Start an app if none runs: only apps answer. Some routers do not let this machine reach its own public address: try it from a phone without Wi-Fi.",
        "  `withings-bridge doctor` tests it again.",
      ].join("\n")

export const webhook = Command.make("webhook", { address, home, json }, ({ address, home, json }) =>
  Effect.gen(function* () {
    const config = yield* BridgeConfig.loadWith({ home, makeHome: false })
    const port = config.webhook?.port ?? 7334
    if (Option.isNone(address)) {
      const found = { publicUrl: config.webhook?.publicUrl ?? null, port }
      return yield* answer(json, found, () => instructions(port))
    }
    const trouble = yield* keep(address.value, home)
    return yield* answer(json, { publicUrl: address.value, trouble }, () => keptText(address.value, trouble))
  }),
)
