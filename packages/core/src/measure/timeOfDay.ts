import { zonedParts } from "./zonedParts.ts"

const clock = zonedParts({ hourCycle: "h23", hour: "2-digit", minute: "2-digit", second: "2-digit" })

/** "23:40", of seconds since midnight. */
export const clockText = (seconds: number): string => {
  const minutes = Math.floor(seconds / 60)
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":")
}

/** Local time at a moment (epoch seconds), in seconds since midnight; null for an unknown timezone. */
export const timeOfDay = (at: number, timezone: string): number | null => {
  const part = clock(at, timezone)
  return part === null
    ? null
    : Number(part("hour")) * 3600 + Number(part("minute")) * 60 + Number(part("second"))
}
