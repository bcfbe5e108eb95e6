/** Gladys writes times as ISO 8601 in UTC; the model counts epoch seconds. */
export const isoTime = (epochSeconds: number): string => new Date(epochSeconds * 1000).toISOString()

/** Epoch seconds of an ISO 8601 time, null when it is none. */
export const epochOf = (iso: string): number | null => {
  const milliseconds = Date.parse(iso)
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000
}
