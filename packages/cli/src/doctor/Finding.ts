/** What the doctor found at one place. `note`: works, but knows of something better. */
export interface Finding {
  readonly about: string
  readonly verdict: "good" | "note" | "bad"
  readonly found: string
  /** What to do about it; null when nothing has to be done. */
  readonly remedy: string | null
}

export const good = (about: string, found: string): Finding => ({
  about,
  verdict: "good",
  found,
  remedy: null,
})

export const noted = (about: string, found: string, remedy: string): Finding => ({
  about,
  verdict: "note",
  found,
  remedy,
})

export const bad = (about: string, found: string, remedy: string): Finding => ({
  about,
  verdict: "bad",
  found,
  remedy,
})
