import { Command } from "@effect/cli"
import { HouseholdFeed, type DeviceDescriptor, type Feature } from "@withings-bridge/core"
import { Clock, Effect } from "effect"
import { ago } from "../terminal/ago.ts"
import { valueText } from "../terminal/amount.ts"
import { answer } from "../terminal/answer.ts"
import { bold, dim, yellow } from "../terminal/style.ts"
import { home, json } from "./home.ts"
import { withHousehold } from "./withHousehold.ts"

const featureLine = (feature: Feature, now: number): string => {
  const when = feature.reading === null ? "" : dim(ago(feature.reading.at, now))
  const stale = feature.reading?.stale ? yellow(" (old)") : ""
  return `  ${feature.name.en.slice(0, 34).padEnd(36)}${valueText(feature).padEnd(18)}${when}${stale}`.trimEnd()
}

const availabilityText: Readonly<Record<DeviceDescriptor["availability"], string>> = {
  available: "",
  "sign-in-needed": yellow("  sign in again: withings-bridge connect"),
  unlinked: yellow("  no longer in the Withings account"),
}

const deviceText = (device: DeviceDescriptor, now: number): string =>
  [
    `${bold(device.name)}  ${dim(device.deviceClass)}${availabilityText[device.availability]}`,
    ...device.features
      .filter(({ nature, reading }) => nature !== "measured" && reading !== null)
      .map((feature) => featureLine(feature, now)),
  ].join("\n")

export const devices = Command.make("devices", { home, json }, ({ home, json }) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const { descriptors, persons } = yield* feed.current
    const now = Math.floor((yield* Clock.currentTimeMillis) / 1_000)
    yield* answer(json, descriptors, () =>
      descriptors.length === 0
        ? persons.length === 0
          ? "No device yet: sign in with `withings-bridge connect` first."
          : "No device yet: `withings-bridge sync` brings them."
        : descriptors.map((device) => deviceText(device, now)).join("\n\n"),
    )
  }).pipe(withHousehold(home)),
).pipe(Command.withDescription("Each person's devices and what they show now"))
