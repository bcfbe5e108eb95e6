import { Args, Command, Options } from "@effect/cli"
import {
  closest,
  HouseholdFeed,
  isShown,
  LeftOut,
  type DeviceDescriptor,
  type Feature,
  type Household,
  type ShownValues,
  epochSeconds,
} from "@withings-bridge/core"
import { Effect } from "effect"
import { CommandError } from "../CommandError.ts"
import { ago } from "../terminal/ago.ts"
import { valueText } from "../terminal/amount.ts"
import { answer } from "../terminal/answer.ts"
import { bold, dim, wrap, yellow } from "../terminal/style.ts"
import { home, json } from "./home.ts"
import { withHousehold } from "./withHousehold.ts"

const featureLine = (feature: Feature, now: number): string => {
  const when = feature.reading === null ? "" : dim(ago(feature.reading.at, now))
  const stale = feature.reading?.stale ? yellow(" (old)") : ""
  return `  ${feature.name.en.padEnd(36)}${valueText(feature).padEnd(18)}${when}${stale}`.trimEnd()
}

const availabilityText: Readonly<Record<DeviceDescriptor["availability"], string>> = {
  available: "",
  "sign-in-needed": yellow("  sign in again: withings-bridge connect"),
  missing: yellow("  not listed by Withings any more; homes keep it for some days"),
  unlinked: yellow("  no longer in the Withings account"),
}

const leftOutText = yellow("  left out of every home")

interface Shown {
  readonly isLeftOut: boolean
  readonly values: ShownValues
  readonly now: number
}

const deviceText = (device: DeviceDescriptor, { isLeftOut, now, values }: Shown): string =>
  [
    `${bold(device.name)}  ${dim(device.deviceClass)}${availabilityText[device.availability]}${isLeftOut ? leftOutText : ""}`,
    ...device.features
      .filter(
        (feature) => feature.nature !== "measured" && feature.reading !== null && isShown(feature, values),
      )
      .map((feature) => featureLine(feature, now)),
  ].join("\n")

const all = Options.boolean("all").pipe(Options.withDescription("Every value, not only the essential ones"))

/** Lists devices that are left out, too, after the others. */
const list = Command.make("devices", { all, home, json }, ({ all, home, json }) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const household = yield* feed.current
    const now = yield* epochSeconds
    const isLeftOut = (device: DeviceDescriptor) => household.leftOut.includes(device)
    const devices = everyDevice(household)
    const values = all ? "all" : household.values
    yield* answer(
      json,
      devices.map((device) => ({ ...device, leftOut: isLeftOut(device) })),
      () =>
        devices.length === 0
          ? household.persons.length === 0
            ? "No device yet: sign in with `withings-bridge connect` first."
            : "No device yet: `withings-bridge sync` brings them."
          : devices
              .map((device) => deviceText(device, { isLeftOut: isLeftOut(device), values, now }))
              .join("\n\n"),
    )
  }).pipe(withHousehold(home)),
)

const everyDevice = ({ descriptors, leftOut }: Household) => [...descriptors, ...leftOut]

const device = Args.text({ name: "device" }).pipe(
  Args.withDescription("Its name, as `withings-bridge devices` lists it, or its id"),
)

const deviceNamed = (household: Household, wanted: string) => {
  const all = everyDevice(household)
  const found = all.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase())
  if (found !== undefined) return Effect.succeed(found)
  const names = all.map(({ name }) => name)
  const near = closest(wanted, names)
  const hint = near === null ? "`withings-bridge devices` lists them." : `Did you mean "${near}"?`
  return new CommandError("device-unknown", `There is no device "${wanted}". ${hint}`)
}

const choosing = (name: "leave-out" | "add", done: string) =>
  Command.make(name, { device, home, json }, ({ device, home, json }) =>
    Effect.gen(function* () {
      const household = yield* Effect.flatMap(HouseholdFeed, (feed) => feed.current)
      const chosen = yield* deviceNamed(household, device)
      const choice = yield* LeftOut
      yield* name === "add" ? choice.add(chosen.id) : choice.leaveOut(chosen.id)
      yield* answer(json, { id: chosen.id, name: chosen.name, leftOut: name === "leave-out" }, () =>
        wrap(`${chosen.name} ${done}`),
      )
    }).pipe(withHousehold(home)),
  )

export const devices = list.pipe(
  Command.withSubcommands([
    choosing("leave-out", "is no longer shown in any home. Its measures are still kept.").pipe(
      Command.withDescription('Shows a device in no home: devices leave-out "Body+ Ann"'),
    ),
    choosing("add", "is shown in the homes.").pipe(
      Command.withDescription('Shows a device again that was left out: devices add "Body+ Ann"'),
    ),
  ]),
)
