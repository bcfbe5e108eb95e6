import { type HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { isForeign, isLoopback, type OwnAddress, wrongAttempts } from "@withings-bridge/core"
import { Clock, Context, Effect, Layer, Option } from "effect"
import type { Sentence } from "../ConsoleState.ts"
import type { ConsoleOptions } from "./ConsoleOptions.ts"
import { passwordIsRight } from "./Password.ts"
import { openSessions } from "./Sessions.ts"
import { ticketGate } from "./Ticket.ts"

type Request = HttpServerRequest.HttpServerRequest
type Answer = HttpServerResponse.HttpServerResponse

/**
 * Who may use the console. Every request needs a session, on this machine too: behind a reverse proxy everyone comes from
 * 127.0.0.1. A session begins with the password, or with a link that only a user of this machine can make.
 */
export class Access extends Context.Tag("@withings-bridge/console/Access")<
  Access,
  {
    /** Why a request is refused; null: it may pass. */
    readonly refusal: (request: Request) => Effect.Effect<Answer | null>
    readonly enterByPassword: (request: Request, password: string) => Effect.Effect<Answer>
    readonly enterByTicket: (request: Request, ticket: string) => Effect.Effect<Answer>
    /** Ends the session of the request, or those of all browsers. */
    readonly leave: (request: Request, everywhere: boolean) => Effect.Effect<Answer>
  }
>() {
  static readonly layer = ({ home, host, publicUrl }: ConsoleOptions) =>
    Layer.sync(Access, () => {
      const own: OwnAddress = { loopback: isLoopback(host), publicUrl }
      const sessions = openSessions(home)
      const isValidTicket = ticketGate(home)
      const wrong = wrongAttempts()

      const begin = (request: Request, answer: Answer, now: number) =>
        HttpServerResponse.unsafeSetCookie(answer, sessionCookie, sessions.begin(now), {
          httpOnly: true,
          sameSite: "strict",
          path: "/",
          maxAge: "400 days",
          secure: cameByHttps(request, publicUrl),
        })

      return Access.of({
        refusal: (request) =>
          Effect.map(Clock.currentTimeMillis, (now) => {
            if (isForeign(request.headers, own) || !isOwnPage(request)) return foreign
            const session = request.cookies[sessionCookie]
            return session !== undefined && sessions.isOpen(session, now) ? null : locked
          }),
        enterByPassword: (request, password) =>
          Effect.gen(function* () {
            if (isForeign(request.headers, own) || !isOwnPage(request)) return foreign
            const right = yield* passwordIsRight(home, password)
            const now = yield* Clock.currentTimeMillis
            if (right) return begin(request, HttpServerResponse.unsafeJson({}), now)
            const from = Option.getOrElse(request.remoteAddress, () => "unknown")
            return wrong.tooMany(from, now) ? tooMany : wrongPassword
          }),
        // A link from a terminal or a mail has no page of origin to check.
        enterByTicket: (request, ticket) =>
          Effect.map(Clock.currentTimeMillis, (now) =>
            isValidTicket(ticket, now)
              ? begin(request, HttpServerResponse.redirect("./"), now)
              : HttpServerResponse.redirect("./#/link-used"),
          ),
        leave: (request, everywhere) =>
          Effect.sync(() => {
            const session = request.cookies[sessionCookie]
            if (everywhere) sessions.endAll()
            else if (session !== undefined) sessions.end(session)
            return HttpServerResponse.expireCookie(HttpServerResponse.unsafeJson({}), sessionCookie, {
              path: "/",
            })
          }),
      })
    })
}

const sessionCookie = "withings_bridge"

/** A browser cannot send this header to another origin unless that origin allows it, and the console never does. */
const isOwnPage = ({ headers, method }: Request) =>
  method === "GET" || method === "HEAD" || headers["x-withings-bridge"] === "console"

const cameByHttps = ({ headers }: Request, publicUrl: string | undefined): boolean =>
  headers["origin"]?.startsWith("https:") ??
  (publicUrl?.startsWith("https:") === true && new URL(publicUrl).host === headers["host"])

const says = (status: number, sentence: Sentence) => HttpServerResponse.unsafeJson(sentence, { status })
const foreign = says(403, {
  message:
    "The console only answers its own page. Open it at the address that it printed; behind a proxy, set console.public_url.",
  french:
    "La console ne répond qu’à sa propre page. Ouvrez-la à l’adresse qu’elle a affichée ; derrière un proxy, réglez console.public_url.",
  german:
    "Die Konsole antwortet nur ihrer eigenen Seite. Öffnen Sie sie unter der Adresse, die sie angezeigt hat; hinter einem Proxy setzen Sie console.public_url.",
})
const locked = says(401, {
  message: "Enter the password first.",
  french: "Entrez d’abord le mot de passe.",
  german: "Geben Sie zuerst das Passwort ein.",
})
const wrongPassword = says(401, {
  message: "That is not the password.",
  french: "Ce n’est pas le mot de passe.",
  german: "Das ist nicht das Passwort.",
})
const tooMany = says(429, {
  message: "Too many wrong passwords from this address. Wait a minute, or enter the right one.",
  french: "Trop de mots de passe erronés depuis cette adresse. Attendez une minute, ou entrez le bon.",
  german:
    "Zu viele falsche Passwörter von dieser Adresse. Warten Sie eine Minute, oder geben Sie das richtige ein.",
})
