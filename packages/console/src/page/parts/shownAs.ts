import type { Shown, ShownAs } from "@withings-bridge/core"
import type { TextKey } from "../text/en.ts"

const texts: Readonly<Record<ShownAs, TextKey>> = {
  presence: "asPresence",
  button: "asButton",
  battery: "asBattery",
  sensor: "asSensor",
  contact: "asContact",
  custom: "asCustom",
  health: "asHealth",
  push: "asPush",
  feature: "asFeature",
  text: "asText",
}
const shapes = Object.keys(texts) as ReadonlyArray<ShownAs>

/** The texts of what a home shows, and how many of each. */
export const shownAs = (shown: Shown): ReadonlyArray<readonly [TextKey, number]> =>
  shapes.flatMap((shape) => (shown[shape] === undefined ? [] : [[texts[shape], shown[shape]] as const]))
