/** Messages between the processes of the bench. */

export interface Cloud {
  readonly url: string
  readonly names: ReadonlyArray<string>
}

export interface Outcome {
  readonly measures: number
  readonly milliseconds: number
  /** Of one processor, in all threads, in milliseconds. */
  readonly busy: number
  /** Peak memory, and memory before the work began. Megabytes as `ps` counts them. */
  readonly rss: number
  readonly rssBefore: number
  /** Milliseconds until every person had today's values. */
  readonly today?: number
  readonly megabytes?: number
}

const sampleEvery = 20

/** Sampled, since a child inherits maxRSS from its parent. */
export const watchProcess = () => {
  const rssBefore = process.memoryUsage.rss() / 2 ** 20
  let rss = rssBefore
  const look = () => {
    rss = Math.max(rss, process.memoryUsage.rss() / 2 ** 20)
  }
  setInterval(look, sampleEvery).unref()
  const before = process.cpuUsage()
  const begun = performance.now()
  return () => {
    look()
    const { system, user } = process.cpuUsage(before)
    return { milliseconds: performance.now() - begun, busy: (system + user) / 1000, rss, rssBefore }
  }
}

export const received = () =>
  new Promise<Cloud>((resolve) => process.once("message", (message) => resolve(message as Cloud)))

export const tell = (outcome: Outcome) => {
  process.send?.(outcome, () => process.exit())
}
