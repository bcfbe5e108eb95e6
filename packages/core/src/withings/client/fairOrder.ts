import type { Priority } from "./RequestBudget.ts"

/** A request that waits for its turn. */
export interface Waiting {
  readonly priority: Priority
  /** Whose data it is about; "" for a sign-in. */
  readonly person: string
}

const rank: Readonly<Record<Priority, number>> = { "sign-in": 0, webhook: 1, poll: 2, history: 3 }

/**
 * The next request: by priority, then of the person served longest ago, then by arrival.
 * @param waiting in the order of arrival
 * @param served for each person, the number of the turn that was theirs last
 */
export const nextOf = <W extends Waiting>(
  waiting: Iterable<W>,
  served: ReadonlyMap<string, number>,
): W | null => {
  let next: W | null = null
  const turnOf = ({ person }: Waiting) => served.get(person) ?? 0
  const isBefore = (one: W, other: W) =>
    rank[one.priority] - rank[other.priority] || turnOf(one) - turnOf(other)
  for (const one of waiting) if (next === null || isBefore(one, next) < 0) next = one
  return next
}
