import { Console, type Effect } from "effect"

/** Prints text for people, or JSON for scripts. */
export const answer = (asJson: boolean, value: unknown, text: () => string): Effect.Effect<void> =>
  Console.log(asJson ? JSON.stringify(value, null, 2) : text())
