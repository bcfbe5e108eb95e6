/** The result of one check. `note`: it works, but could be better. */
export interface Finding {
  readonly about: string
  readonly verdict: "good" | "note" | "bad"
  readonly found: string
  /** What to do about it; null: nothing. */
  readonly remedy: string | null
}

export const good = (about: string, found: string): Finding => ({
  verdict: "good",
  about,
  found,
  remedy: null,
})

const withRemedy =
  (verdict: "note" | "bad") =>
  (about: string, found: string, remedy: string): Finding => ({ verdict, about, found, remedy })

export const noted = withRemedy("note")
export const bad = withRemedy("bad")
