const allowed = 10
const windowMillis = 60_000
const addressesKept = 10_000

/**
 * Counts wrong passwords or keys by address, ten a minute. Try the right one first: behind a proxy all requests share
 * an address, and someone else's attempts must not lock the owner out. Bounded, so that a crowd cannot fill the memory.
 */
export const wrongAttempts = () => {
  const byAddress = new Map<string, { readonly count: number; readonly since: number }>()
  return {
    /** Notes one more and answers whether they are too many. */
    tooMany: (address: string, now: number): boolean => {
      const before = byAddress.get(address)
      const recent = before !== undefined && now - before.since < windowMillis
      const { count, since } = recent ? before : { count: 0, since: now }
      if (byAddress.size > addressesKept) byAddress.clear()
      byAddress.set(address, { count: count + 1, since })
      return count >= allowed
    },
  }
}
