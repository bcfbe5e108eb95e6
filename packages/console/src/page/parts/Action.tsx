import type { ComponentChildren } from "preact"
import { type Act, useAct } from "./useAct.ts"

interface ActionProps {
  readonly children: ComponentChildren
  readonly act: Act
  readonly kind?: "primary" | "plain"
}

/** A button with the outcome of its action beside it. */
export const Action = ({ children, act, kind = "plain" }: ActionProps) => {
  const { busy, said, start } = useAct(act)
  return (
    <span class="action">
      <button type="button" class={kind} disabled={busy} onClick={start}>
        {children}
      </button>
      <span role="status" class={said?.failed ? "failed" : "quiet"}>
        {said?.sentence}
      </span>
    </span>
  )
}
