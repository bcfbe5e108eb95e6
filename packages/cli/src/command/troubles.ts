import type { Trouble } from "@withings-bridge/core"
import { ago } from "../terminal/ago.ts"
import { red, wrap, yellow } from "../terminal/style.ts"

/** Each trouble with its age and remedy. `now`: epoch seconds. */
export const troublesText = (troubles: ReadonlyArray<Trouble>, now: number): ReadonlyArray<string> =>
  troubles.flatMap(({ about, code, found, remedy, severity, since }) => [
    wrap(
      `${severity === "error" ? red("✗") : yellow("–")} ${about === null ? "" : `${about}: `}${found} (${ago(since, now)})`,
    ),
    wrap(`→ ${remedy} (${code})`, 78, "  "),
  ])
