import type { ConsoleState } from "../../ConsoleState.ts"

export interface PageProps {
  readonly state: ConsoleState
}
