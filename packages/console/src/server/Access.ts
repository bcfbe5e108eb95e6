import { type HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Clock, Context, Effect, Layer } from "effect"
import { createHash, randomBytes } from "node:crypto"
import type { Sentence } from "../ConsoleState.ts"
import { passwordIsRight } from "./Password.ts"

type Request = HttpServerRequest.HttpServerRequest
type Refusal = HttpServerResponse.HttpServerResponse | null

/** Who may talk to the console, and what a refused one is told. null: may pass. */
export class Access extends Context.Tag("@withings-bridge/console/Access")<
  Access,
  {
    readonly refusal: (request: Request) => Refusal
    /** The same for someone who has no session yet and wants one. */
    readonly refusalAtDoor: (request: Request) => Refusal
    readonly enter: (password: string, from: string) => Effect.Effect<Entry>
  }
>() {
  /** On this machine alone: no password, but no other site's page may drive the console through the browser. */
  static readonly layerLoopback = Layer.sync(Access, () => {
    const refusal = (request: Request) => (isLocal(request) && isOwnPage(request) ? null : foreign)
    return Access.of({ refusal, refusalAtDoor: refusal, enter: () => Effect.succeed(wrongPassword) })
  })

  static readonly layerPassword = (home: string) =>
    Layer.sync(Access, () => {
      const sessions = new Set<string>()
      const wrong = new Map<string, { count: number; since: number }>()

      const enter = (password: string, from: string, now: number): Entry => {
        const failures = wrong.get(from)
        const recent = failures !== undefined && now - failures.since < forgottenAfter
        if (recent && failures.count >= failuresAllowed) return tooMany
        if (passwordIsRight(home, password)) {
          const session = randomBytes(32).toString("base64url")
          sessions.add(digest(session))
          return { session }
        }
        if (wrong.size > addressesKept) wrong.clear()
        wrong.set(from, recent ? { ...failures, count: failures.count + 1 } : { count: 1, since: now })
        return wrongPassword
      }

      return Access.of({
        refusal: (request) => {
          if (!isOwnPage(request)) return foreign
          const session = request.cookies[sessionCookie]
          return session !== undefined && sessions.has(digest(session)) ? null : locked
        },
        refusalAtDoor: (request) => (isOwnPage(request) ? null : foreign),
        enter: (password, from) => Effect.map(Clock.currentTimeMillis, (now) => enter(password, from, now)),
      })
    })
}

/** A session as the value of its cookie, or why there is none. */
export type Entry = { readonly session: string } | { readonly refusal: Sentence }

const wrongPassword: Entry = {
  refusal: { message: "That is not the password.", french: "Ce n’est pas le mot de passe." },
}
const tooMany: Entry = {
  refusal: {
    message: "Too many wrong passwords. Wait a minute.",
    french: "Trop de mots de passe erronés. Attendez une minute.",
  },
}

export const sessionCookie = "withings_bridge"

const failuresAllowed = 10
const forgottenAfter = 60_000
const addressesKept = 10_000

/** Only a digest is kept: what is in memory opens nothing. */
const digest = (session: string) => createHash("sha256").update(session).digest("hex")

const loopbackNames = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i

/** A foreign name in Host is how a page of the web reaches 127.0.0.1 (DNS rebinding). */
const isLocal = ({ headers }: Request) => loopbackNames.test(headers["host"] ?? "")

/** A browser cannot send this header to another origin unless that origin allows it, and the console never does. */
const isOwnPage = ({ headers, method }: Request) => {
  const site = headers["sec-fetch-site"]
  const sameSite = site === undefined || site === "same-origin" || site === "none"
  return sameSite && (method === "GET" || method === "HEAD" || headers["x-withings-bridge"] === "console")
}

const says = (status: number, sentence: Sentence) => HttpServerResponse.unsafeJson(sentence, { status })
const foreign = says(403, {
  message: "The console answers only its own page, opened under the address it printed.",
  french: "La console ne répond qu’à sa propre page, ouverte à l’adresse qu’elle a affichée.",
})
const locked = says(401, {
  message: "Enter the password first.",
  french: "Entrez d’abord le mot de passe.",
})
