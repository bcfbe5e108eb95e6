/** A growing count. `total`: null while unknown. */
export interface Progress {
  readonly done: number
  readonly total: number | null
  /** How much was there before an interruption. */
  readonly already: number
  /** Seconds since it began or continued. */
  readonly elapsed: number
}

const grouped = new Intl.NumberFormat("en-US")

export const count = (number: number): string => grouped.format(Math.round(number))

/** "8 s", "3 min 20 s", "2 h 5 min". */
export const duration = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 ? ` ${whole % 60} s` : ""}`
  const minutes = Math.round(whole / 60)
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** "████████░░░░". */
export const bar = (share: number, width: number): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width)
  return "█".repeat(full) + "░".repeat(width - full)
}

/** Seconds until a rate is more than a guess. */
const soonest = 1

/** Seconds and share until the time left is steady: the total is an estimate, too. */
const soonestLeft = 5
const leastShare = 0.1

/** Beyond a minute, whole minutes: it is an estimate, and the line must fit into 80 columns. */
const roughly = (seconds: number) => (seconds < 60 ? seconds : Math.ceil(seconds / 60) * 60)

/** "12,345 of 20,000 measures, 4,100/s, 2 s left". */
export const progressText = ({ already, done, total, elapsed }: Progress): string => {
  // The last answers bring nothing new, so the rate would only fall.
  if (total !== null && total > 0 && done >= total) return `${count(done)} measures, looking for more`
  const rate = elapsed >= soonest ? (done - already) / elapsed : 0
  const isSteady = total !== null && elapsed >= soonestLeft && done >= total * leastShare
  const parts = [
    total === null ? `${count(done)} measures` : `${count(done)} of ${count(total)} measures`,
    ...(rate > 0 ? [`${count(rate)}/s`] : []),
    ...(isSteady && rate > 0 ? [`${duration(roughly((total - done) / rate))} left`] : []),
  ]
  return parts.join(", ")
}
