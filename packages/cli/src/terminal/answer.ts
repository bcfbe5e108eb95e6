import { Console, type Effect } from "effect"

/** One answer in two forms: text for people, JSON for scripts. */
export const answer = (asJson: boolean, value: unknown, text: () => string): Effect.Effect<void> =>
  Console.log(asJson ? JSON.stringify(value, null, 2) : text())
