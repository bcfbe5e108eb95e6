import { useState } from "preact/hooks"
import { messageOf } from "../state/useAnswer.ts"

/** An action. The sentence that it resolves to is shown, and so is the message of an error. */
export type Act = () => Promise<string | void>

interface Said {
  readonly sentence: string
  readonly failed: boolean
}

/** Runs an action, one run at a time, and keeps its outcome. */
export const useAct = (act: Act) => {
  const [said, tell] = useState<Said | null>(null)
  const [busy, setBusy] = useState(false)
  const start = async () => {
    if (busy) return
    setBusy(true)
    try {
      const sentence = await act()
      tell(sentence ? { sentence, failed: false } : null)
    } catch (error) {
      tell({ sentence: messageOf(error), failed: true })
    } finally {
      setBusy(false)
    }
  }
  return { busy, said, start }
}
