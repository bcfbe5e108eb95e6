const allowed = 10
const windowMillis = 60_000
const addressesKept = 10_000

/**
 * Counts wrong passwords by address. It never stands before a right one: behind a proxy all requests share an
 * address, and someone else's attempts must not lock the owner out.
 */
export const wrongPasswords = () => {
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
