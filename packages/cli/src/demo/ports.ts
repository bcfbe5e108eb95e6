import { Effect } from "effect"
import type { DemoPlace } from "./DemoPlace.ts"

export const portOf = ({ reserved }: Pick<DemoPlace, "reserved">, name: string): number =>
  reserved.get(name)?.port ?? 0

/** Lets ports go, right before what they are kept for listens on them. */
export const releasePorts = ({ reserved }: Pick<DemoPlace, "reserved">, ...names: ReadonlyArray<string>) =>
  Effect.forEach(names, (name) => reserved.get(name)?.release ?? Effect.void, { discard: true })
