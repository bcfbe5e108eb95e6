import type { ComponentChildren } from "preact"
import { useState } from "preact/hooks"
import { messageOf } from "../state/useAnswer.ts"

/** An action. The sentence that it resolves to is shown, and so is the message of an error. */
type Act = () => Promise<string | void>

/** Runs an action, one run at a time, and keeps its outcome. */
const useAct = (act: Act) => {
  const [outcome, setOutcome] = useState({ sentence: "", failed: false })
  const [busy, setBusy] = useState(false)
  const start = async () => {
    if (busy) return
    setBusy(true)
    try {
      setOutcome({ sentence: (await act()) ?? "", failed: false })
    } catch (error) {
      setOutcome({ sentence: messageOf(error), failed: true })
    } finally {
      setBusy(false)
    }
  }
  return { busy, outcome, start }
}

const Outcome = ({ failed, sentence }: ReturnType<typeof useAct>["outcome"]) => (
  <span role="status" class={failed ? "failed" : "quiet"}>
    {sentence}
  </span>
)

interface ActionProps {
  readonly children: ComponentChildren
  readonly act: Act
  readonly kind?: "primary" | "plain"
}

/** A button with the outcome of its action beside it. */
export const Action = ({ children, act, kind = "plain" }: ActionProps) => {
  const { busy, outcome, start } = useAct(act)
  return (
    <span class="action">
      <button type="button" class={kind} disabled={busy} onClick={start}>
        {children}
      </button>
      <Outcome {...outcome} />
    </span>
  )
}

interface FormProps {
  readonly children: ComponentChildren
  readonly act: Act
  /** The text of the button. */
  readonly submit: string
}

/** Fields with one submit button and the outcome beside it. */
export const Form = ({ act, children, submit }: FormProps) => {
  const { busy, outcome, start } = useAct(act)
  return (
    <form
      // The page has its own messages for missing fields.
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      {children}
      <span class="action">
        <button type="submit" class="primary" disabled={busy}>
          {submit}
        </button>
        <Outcome {...outcome} />
      </span>
    </form>
  )
}
