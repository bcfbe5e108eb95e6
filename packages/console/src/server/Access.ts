import { type HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Context, Effect, Layer } from "effect"
import { createHash, randomBytes } from "node:crypto"
import { passwordIsRight } from "./Password.ts"

/** Who may talk to the console, and what a refused one is told. null: may pass. */
export class Access extends Context.Tag("@withings-bridge/console/Access")<
  Access,
  {
    readonly refusal: (
      request: HttpServerRequest.HttpServerRequest,
    ) => HttpServerResponse.HttpServerResponse | null
    /** A session for the right password, as the value of its cookie. */
    readonly enter: (password: string, from: string) => Effect.Effect<string | null>
  }
>() {
  /** On this machine alone: no password, but no other site's page may drive the console through the browser. */
  static readonly layerLoopback = Layer.succeed(
    Access,
    Access.of({
      refusal: (request) => (isLocal(request) && isOwnPage(request) ? null : foreign),
      enter: () => Effect.succeed(null),
    }),
  )

  static readonly layerPassword = (home: string) =>
    Layer.sync(Access, () => {
      const sessions = new Set<string>()
      const wrong = new Map<string, { count: number; since: number }>()
      return Access.of({
        refusal: (request) => {
          if (!isOwnPage(request)) return foreign
          const session = request.cookies[sessionCookie]
          return session !== undefined && sessions.has(digest(session)) ? null : locked
        },
        enter: (password, from) =>
          Effect.clockWith((clock) => clock.currentTimeMillis).pipe(
            Effect.map((now) => {
              const failures = wrong.get(from)
              const recent = failures !== undefined && now - failures.since < 60_000
              if (recent && failures.count >= failuresAllowed) return null
              if (passwordIsRight(home, password)) {
                const session = randomBytes(32).toString("base64url")
                sessions.add(digest(session))
                return session
              }
              if (wrong.size > addressesKept) wrong.clear()
              wrong.set(from, recent ? { ...failures, count: failures.count + 1 } : { count: 1, since: now })
              return null
            }),
          ),
      })
    })
}

export const sessionCookie = "withings_bridge"

const failuresAllowed = 10
const addressesKept = 10_000

const digest = (session: string) => createHash("sha256").update(session).digest("hex")

const loopbackNames = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i

/** A foreign name in Host is how a page of the web reaches 127.0.0.1 (DNS rebinding). */
const isLocal = ({ headers }: HttpServerRequest.HttpServerRequest) =>
  loopbackNames.test(headers["host"] ?? "")

/** A browser cannot send this header to another origin unless that origin allows it, and the console never does. */
const isOwnPage = ({ method, headers }: HttpServerRequest.HttpServerRequest) => {
  const site = headers["sec-fetch-site"]
  const sameSite = site === undefined || site === "same-origin" || site === "none"
  return sameSite && (method === "GET" || method === "HEAD" || headers["x-withings-bridge"] === "console")
}

const says = (status: number, message: string) => HttpServerResponse.unsafeJson({ message }, { status })
const foreign = says(403, "The console answers only its own page, opened under the address it printed.")
const locked = says(401, "Enter the password first.")
