/** The redirect from Withings: with a code, or without one when the person did not agree. */
export interface Landing {
  readonly state: string
  readonly code: string | null
}

/** Accepts a whole address of any host, as pasted when the callback cannot be reached, or its query alone. */
export const readLanding = (landedOn: string): Landing | null => {
  const text = landedOn.trim()
  const query = new URLSearchParams(
    text.includes("?") ? text.slice(text.indexOf("?") + 1).replace(/#.*$/, "") : text,
  )
  const state = query.get("state")
  if (state === null || state === "") return null
  return { state, code: query.get("code") || null }
}
