import type { ComponentChildren } from "preact"
import { type Act, useAct } from "./useAct.ts"

interface FormProps {
  readonly children: ComponentChildren
  readonly act: Act
  /** The text of the button. */
  readonly submit: string
}

/** Fields with one submit button and the outcome beside it. */
export const Form = ({ act, children, submit }: FormProps) => {
  const { busy, said, start } = useAct(act)
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
        <span role="status" class={said?.failed ? "failed" : "quiet"}>
          {said?.sentence}
        </span>
      </span>
    </form>
  )
}
