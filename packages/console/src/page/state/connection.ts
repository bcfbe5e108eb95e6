export interface Connection {
  readonly answered: () => void
  readonly failed: () => void
}

/**
 * Reports a lost connection after so many milliseconds without an answer. Further failures do not restart the wait: the
 * browser tries again every half second, so it would never end.
 */
export const connection = (patience: number, report: (isConnected: boolean) => void): Connection => {
  let silence: ReturnType<typeof setTimeout> | undefined
  return {
    answered: () => {
      clearTimeout(silence)
      silence = undefined
      report(true)
    },
    failed: () => {
      silence ??= setTimeout(() => report(false), patience)
    },
  }
}
