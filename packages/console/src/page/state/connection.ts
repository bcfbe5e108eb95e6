/** What the page needs to know to say that the bridge is silent. */
export interface Connection {
  readonly answered: () => void
  readonly failed: () => void
}

/**
 * Says that the bridge is silent once it failed to answer for so many milliseconds. Further failures do not start the
 * wait anew: a browser tries again every half second, and the sentence would never appear.
 */
export const connection = (patience: number, tell: (isConnected: boolean) => void): Connection => {
  let silence: ReturnType<typeof setTimeout> | undefined
  return {
    answered: () => {
      clearTimeout(silence)
      silence = undefined
      tell(true)
    },
    failed: () => {
      silence ??= setTimeout(() => tell(false), patience)
    },
  }
}
