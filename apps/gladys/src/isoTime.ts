/** Gladys writes times as ISO 8601 in UTC; the model counts epoch seconds. */
export const isoTime = (epochSeconds: number): string => new Date(epochSeconds * 1000).toISOString()

/** Epoch seconds of an ISO 8601 time, null when it is none. */
export const epochOf = (iso: string): number | null => {
  const milliseconds = Date.parse(iso)
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000
}

/** As `epochOf`, but strict, for input from outside: JavaScript takes "1" for a year. */
export const strictEpochOf = (iso: string): number | null => (isIso.test(iso) ? epochOf(iso) : null)

const isIso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/i
