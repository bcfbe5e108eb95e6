const steps: ReadonlyArray<readonly [seconds: number, name: string]> = [
  [60, "s"],
  [3_600, "min"],
  [86_400, "h"],
  [Number.POSITIVE_INFINITY, "d"],
]

/** "12 s ago", "3 h ago", "in 4 min". Epoch seconds. */
export const ago = (at: number, now: number): string => {
  const distance = Math.abs(now - at)
  const index = steps.findIndex(([limit]) => distance < limit)
  const [, name] = steps[index] ?? [0, "d"]
  const size = index <= 0 ? 1 : (steps[index - 1]?.[0] ?? 1)
  const amount = `${Math.floor(distance / size)} ${name}`
  return at <= now ? `${amount} ago` : `in ${amount}`
}
