import type { ComponentChildren } from "preact"
import { type Act, useAct } from "./useAct.ts"

interface FormProps {
  readonly children: ComponentChildren
  readonly act: Act
  /** What the button says. */
  readonly submit: string
}

/** Fields with one button, which the Enter key presses too; below it what became of it. */
export const Form = ({ act, children, submit }: FormProps) => {
  const { busy, said, start } = useAct(act)
  return (
    <form
      // The page says in its own words what is missing.
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
