/** Messages between the processes of the bench. */
export interface HomesToFollow {
  readonly url: string
  readonly keys: ReadonlyArray<string>
}

export interface Told {
  /** Of the home's household. */
  readonly key: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly what: "weight" | "bed" | "household"
  readonly about: string
}
