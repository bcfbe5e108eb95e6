import { useEffect, useState } from "preact/hooks"

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * The answer of the bridge to a request, or why it failed. Asks again when one of `inputs` changes and on `again()`; late
 * answers to earlier requests are dropped.
 */
export const useAnswer = <A>(ask: () => Promise<A>, inputs: ReadonlyArray<unknown>) => {
  const [answer, setAnswer] = useState<A | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let current = true
    ask().then(
      (found) => current && (setFailure(null), setAnswer(() => found)),
      (error) => current && setFailure(messageOf(error)),
    )
    return () => {
      current = false
    }
  }, [...inputs, turn])
  return { answer, failure, again: () => setTurn((before) => before + 1) }
}
