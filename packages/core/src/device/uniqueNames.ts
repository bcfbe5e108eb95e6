/** Of several wishes for one name, the first gets it unchanged, the next ones get "… 2", "… 3". */
export interface NameWish {
  readonly id: string
  readonly name: string
  /** Order in which it became known, so that a new device never takes the name of an old one; null comes last. */
  readonly since: number | null
}

/** A unique name for each id, independent of the input's order. */
export const uniqueNames = (wishes: ReadonlyArray<NameWish>): ReadonlyMap<string, string> => {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const { id, name } of wishes.toSorted(inTurn)) {
    let free = name
    for (let number = 2; taken.has(free); number++) free = `${name} ${number}`
    taken.add(free)
    names.set(id, free)
  }
  return names
}

const inTurn = (a: NameWish, b: NameWish): number => {
  const [sinceA, sinceB] = [a.since ?? Number.MAX_SAFE_INTEGER, b.since ?? Number.MAX_SAFE_INTEGER]
  if (sinceA !== sinceB) return sinceA - sinceB
  return a.id < b.id ? -1 : 1
}
