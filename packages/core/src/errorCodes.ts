import { troubleCodes } from "./trouble/Trouble.ts"
import { signInReasons } from "./withings/account/SignInError.ts"

/** Every stable code that a trouble or an error of core carries; docs/troubleshooting.md explains each. */
export const errorCodes: ReadonlyArray<string> = [
  ...troubleCodes,
  ...signInReasons.map((reason) => `sign-in-${reason}`),
  "config-wrong",
  "key-unusable",
  "store-failed",
  "weighing-unknown",
]
