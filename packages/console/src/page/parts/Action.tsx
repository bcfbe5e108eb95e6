import type { ComponentChildren } from "preact"
import { useState } from "preact/hooks"

interface ActionProps {
  readonly children: ComponentChildren
  /** What to do; the sentence it answers is shown beside the button, and so is the one of an error. */
  readonly act: () => Promise<string | void>
  readonly kind?: "primary" | "plain"
}

export const Action = ({ children, act, kind = "plain" }: ActionProps) => {
  const [told, tell] = useState<{ sentence: string; failed: boolean } | null>(null)
  const [busy, setBusy] = useState(false)
  const press = async () => {
    setBusy(true)
    try {
      const sentence = await act()
      tell(sentence ? { sentence, failed: false } : null)
    } catch (error) {
      tell({ sentence: error instanceof Error ? error.message : String(error), failed: true })
    } finally {
      setBusy(false)
    }
  }
  return (
    <span class="action">
      <button type="button" class={kind} disabled={busy} onClick={press}>
        {children}
      </button>
      <span role="status" class={told?.failed ? "failed" : "quiet"}>
        {told?.sentence}
      </span>
    </span>
  )
}
