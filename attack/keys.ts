import { isAlive, send } from "./request.ts"
import type { Attack } from "./Target.ts"

/** Guesses come from the address of the owner, as behind a proxy. The owner must still get in. */
export const lockOut: Attack = {
  name: "wrong keys",
  run: async (target) => {
    const { door } = target
    if (door === undefined) return null
    const passed: Array<string> = []
    for (let turn = 0; turn < 30; turn++) {
      const { status } = await send(target, door.ask(`Bearer wrong-${turn}`))
      if (status < 300) passed.push(`wrong key ${turn} was let in`)
    }
    const { status } = await send(target, door.ask(door.secret))
    return status < 300 ? passed : [...passed, `after wrong ones the right key was answered ${status}`]
  },
}

/** A session is sent by https only, outlasts a restart, and stops working when it is ended. */
export const sessions: Attack = {
  name: "sessions",
  run: async (target) => {
    const { door, restart } = target
    if (door === undefined || restart === undefined) return null
    const { cookie } = await send(target, door.ask(door.secret))
    const missing = ["Secure", "HttpOnly", "SameSite=Strict"].filter((flag) => !cookie.includes(flag))
    const holes = missing.map((flag) => `behind https its cookie is not ${flag}`)
    const headers = { ...door.ask("").headers, cookie: cookie.split(";")[0] ?? "" }
    const visitor = { ...target, headers }
    if (!(await isAlive(visitor))) holes.push("a new session opens nothing")
    await restart()
    if (!(await isAlive(visitor))) holes.push("a restart signed everyone out")
    await send(target, { method: "POST", path: "/api/session/end", headers, body: '{"everywhere":false}' })
    if (await isAlive(visitor)) holes.push("an ended session still works")
    return holes
  },
}
