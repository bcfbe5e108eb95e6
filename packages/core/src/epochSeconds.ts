import * as Brand from "effect/Brand"
import { Clock, Effect } from "effect"

/** A moment in whole seconds since 1970: how the model, the wire and most of the store have it. */
export type Seconds = number & Brand.Brand<"Seconds">
export const Seconds = Brand.nominal<Seconds>()

/** A moment in milliseconds since 1970: where the order within a second counts. */
export type Millis = number & Brand.Brand<"Millis">
export const Millis = Brand.nominal<Millis>()

export const toSeconds = (millis: Millis): Seconds => Seconds(Math.floor(millis / 1000))

/** Now, by the clock that tests can set. */
export const epochMillis: Effect.Effect<Millis> = Effect.map(Clock.currentTimeMillis, Millis)
export const epochSeconds: Effect.Effect<Seconds> = Effect.map(epochMillis, toSeconds)
