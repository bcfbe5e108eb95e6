/** Where Withings sent the person back to: with a code, or without one when they did not agree. */
export interface Landing {
  readonly state: string
  readonly code: string | null
}

/** Takes a whole address of any host, as it is pasted when the callback is not reachable, or only its query. */
export const readLanding = (landedOn: string): Landing | null => {
  const text = landedOn.trim()
  const query = new URLSearchParams(
    text.includes("?") ? text.slice(text.indexOf("?") + 1).replace(/#.*$/, "") : text,
  )
  const state = query.get("state")
  if (state === null || state === "") return null
  return { state, code: query.get("code") || null }
}
