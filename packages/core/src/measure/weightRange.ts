/** Weights by which an ambiguous weighing is attributed to a person. */
export interface WeightRange {
  /** The person's name. */
  readonly person: string
  /** Kilograms, both inclusive. */
  readonly from: number
  readonly to: number
}

/** The person whose range contains a weight (kilograms); null for none or several. */
export const personInRange = (ranges: ReadonlyArray<WeightRange>, weight: number): string | null => {
  const persons = new Set(
    ranges.filter(({ from, to }) => weight >= from && weight <= to).map(({ person }) => person.toLowerCase()),
  )
  const [person = null] = persons
  return persons.size === 1 ? person : null
}

const written = /^(?<person>\S.*?)\s+(?<from>\d{1,3}(?:\.\d+)?)\s*[-–]\s*(?<to>\d{1,3}(?:\.\d+)?)(?:\s*kg)?$/u

/** Reads "Ann 55-70"; null when it is no range. */
export const readWeightRange = (text: string): WeightRange | null => {
  const { from, person, to } = written.exec(text.trim())?.groups ?? {}
  if (person === undefined || Number(from) >= Number(to)) return null
  return { person, from: Number(from), to: Number(to) }
}
