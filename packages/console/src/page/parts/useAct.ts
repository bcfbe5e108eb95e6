import { useState } from "preact/hooks"
import { messageOf } from "../state/useAnswer.ts"

/** What to do; the sentence it answers is told, and so is the one of an error. */
export type Act = () => Promise<string | void>

interface Said {
  readonly sentence: string
  readonly failed: boolean
}

/** Does something once at a time, and tells what became of it. */
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
