import { send } from "./request.ts"
import type { Attack } from "./Target.ts"

const foreign = "https://evil.example"

/** Headers of requests of a foreign page, or of a carelessly configured proxy. */
const disguises: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "a foreign Origin": { origin: foreign },
  "a foreign Origin that claims to be the same site": { origin: foreign, "sec-fetch-site": "same-origin" },
  "Origin null": { origin: "null" },
  "a cross-site request without Origin": { "sec-fetch-site": "cross-site" },
}

const upgrade = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
}

const passed = (status: number) => status === 101 || (status >= 200 && status < 300)

/** A page of another site uses the session or key of the user's browser. */
export const foreignOrigins: Attack = {
  name: "foreign origin",
  run: async (target) => {
    if (target.guarded.length === 0) return null
    const holes: Array<string> = []
    for (const [name, disguise] of Object.entries(disguises))
      for (const path of target.guarded) {
        const headers = { ...target.headers, ...disguise }
        const websocket = path.endsWith("/ws") || path.endsWith("/socket")
        const { status } = await send(target, {
          path,
          headers: websocket ? { ...headers, ...upgrade } : headers,
        })
        if (passed(status)) holes.push(`${path} answered ${status} to ${name}`)
      }
    return holes
  },
}

/** The attacker's host name, rebound to this machine. */
export const dnsRebinding: Attack = {
  name: "DNS rebinding",
  run: async (target) => {
    if (target.guarded.length === 0) return null
    const holes: Array<string> = []
    const { port } = new URL(target.url)
    for (const path of target.guarded) {
      const host = `evil.example:${port}`
      const { status } = await send(target, { path, headers: { host, origin: `http://${host}` } })
      if (passed(status)) holes.push(`${path} answered ${status} to Host evil.example`)
    }
    return holes
  },
}

/**
 * Requests from the Internet through a reverse proxy that sends `Host: 127.0.0.1`, as nginx does by default, with
 * forwarded headers added by an attacker.
 */
export const plainProxy: Attack = {
  name: "reverse proxy",
  run: async (target) => {
    if (target.guarded.length === 0) return null
    const holes: Array<string> = []
    const { host } = new URL(target.url)
    for (const path of target.guarded)
      for (const forwarded of [{}, { "x-forwarded-for": "127.0.0.1", "x-forwarded-host": "localhost" }]) {
        const { status } = await send(target, { path, headers: { host, ...forwarded } })
        if (passed(status)) holes.push(`${path} answered ${status} without password or key`)
      }
    return holes
  },
}
