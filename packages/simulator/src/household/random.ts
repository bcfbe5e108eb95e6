/** Numbers in [0, 1), always the same series for the same text. */
export type Random = () => number

/** cyrb53: a 53-bit hash, evenly spread and the same on every machine. */
export const hash = (text: string): number => {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0)
}

/** mulberry32, seeded with the hash of a text. */
export const randomOf = (text: string): Random => {
  let state = hash(text) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Normal distribution, cut at three deviations so that no value is impossible. */
export const normal = (random: Random, mean: number, deviation: number): number => {
  const radius = Math.sqrt(-2 * Math.log(1 - random()))
  const drawn = radius * Math.cos(2 * Math.PI * random())
  return mean + deviation * Math.max(-3, Math.min(3, drawn))
}

export const between = (random: Random, low: number, high: number): number => low + (high - low) * random()

export const whole = (random: Random, low: number, high: number): number =>
  Math.floor(between(random, low, high + 1))

export const chance = (random: Random, probability: number): boolean => random() < probability

/** Forty hexadecimal digits, as Withings' device ids have. */
export const hexId = (text: string): string =>
  [0, 1, 2, 3, 4].map((part) => (hash(`${text}/${part}`) >>> 0).toString(16).padStart(8, "0")).join("")

/** The items in a random order. */
export const shuffled = <T>(items: ReadonlyArray<T>, random: Random): Array<T> =>
  items
    .map((item) => ({ item, place: random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item)
