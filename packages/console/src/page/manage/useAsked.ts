import { useEffect, useState } from "preact/hooks"
import { get } from "../state/bridge.ts"

/** What the bridge answers to a question; asked again when the revision moves, and when told to. */
export const useAsked = <A>(path: string, revision: number) => {
  const [answer, setAnswer] = useState<A | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let current = true
    get<A>(path).then(
      (found) => current && (setFailure(null), setAnswer(found)),
      (error) => current && setFailure(error instanceof Error ? error.message : String(error)),
    )
    return () => {
      current = false
    }
  }, [path, revision, turn])
  return { answer, failure, again: () => setTurn((before) => before + 1) }
}
