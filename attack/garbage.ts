import { isAlive, send } from "./request.ts"
import type { Attack } from "./Target.ts"

const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`

const bodies: Readonly<Record<string, string>> = {
  nothing: "",
  "broken JSON": "{",
  null: "null",
  "a list": "[]",
  "a number": "1e999",
  "deep nesting": nested(20_000),
  prototype: '{"__proto__":{"admin":true},"constructor":{"prototype":{}}}',
  "odd characters": '{"password":"\\u0000\\ud800","personName":"\\u202e","id":"../../etc/passwd"}',
}

const paths = [
  "/..%2f..%2fetc%2fpasswd",
  "/%00",
  "/%",
  "//evil.example/",
  "/assets/../../../package.json",
  "/enter?t=",
  "/enter?t=a.b.c",
  "/api/chart?personId=x",
  "/callback?state=%00&code=%ff",
]

/** What no answer may contain. */
export const leaks = /at \S+ \(|node:internal|root:x:0|node_modules/

/** Bodies and paths that no client sends. A server error counts as a hole: a case was not handled. */
export const garbage: Attack = {
  name: "garbage",
  run: async (target) => {
    const holes: Array<string> = []
    const judge = (what: string, { status, text }: { readonly status: number; readonly text: string }) => {
      if (status >= 500) holes.push(`${what}: answered ${status}`)
      if (leaks.test(text)) holes.push(`${what}: the answer reveals internals`)
    }
    const headers = { "content-type": "application/json", "x-withings-bridge": "console" }
    for (const path of target.bodies)
      for (const [name, body] of Object.entries(bodies))
        for (const type of ["application/json", "multipart/form-data", "text/plain"]) {
          const all = { ...headers, ...target.headers, "content-type": type }
          judge(
            `${name} as ${type} to ${path}`,
            await send(target, { method: "POST", path, headers: all, body }),
          )
        }
    for (const path of [...paths, ...target.guarded])
      for (const method of ["GET", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"])
        judge(`${method} ${path}`, await send(target, { method, path, headers: target.headers }))
    if (!(await isAlive(target))) holes.push("the server no longer answers")
    return holes
  },
}
