import { agree } from "../packages/console/test/agree.ts"
import { send } from "./request.ts"
import type { Attack } from "./Target.ts"

const madeUp = ["?code=made-up&state=made-up", "?error=access_denied&state=made-up", "?state="]

/** Any page can open the callback with a made-up state. The real sign-in must go on waiting. */
export const interruptedSignIn: Attack = {
  name: "interrupted sign-in",
  run: async (target) => {
    if (target.signIn === undefined) return null
    const { authorizeUrl, callbackUrl } = await target.signIn.begin()
    const { pathname } = new URL(callbackUrl)
    const welcomed: Array<string> = []
    for (const query of madeUp) {
      const { status } = await send(target, { path: `${pathname}${query}` })
      if (status < 300) welcomed.push(`${query} was answered with success`)
    }
    const landedOn = await agree(authorizeUrl, "Ann")
    const { status } = await send(target, { path: landedOn.slice(new URL(landedOn).origin.length) })
    if (status !== 200) welcomed.push(`the real one was answered ${status}`)
    return (await target.signIn.isSignedIn()) ? welcomed : [...welcomed, "a made-up state ended the sign-in"]
  },
}
