import { createServer } from "node:http"
import { Deferred, Effect, type Scope } from "effect"

const page = (title: string, text: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${title}</title><body style="font:1.1em system-ui;margin:4em auto;max-width:30em;color-scheme:light dark">` +
  `<h1>${title}</h1><p>${text}</p></body></html>`

const arrived = page("Withings has sent you back", "The terminal tells how it went. You can close this page.")
const elsewhere = page(
  "Withings Bridge",
  "Nothing is here: sign in with the address that the terminal shows.",
)

/** Only what this machine itself is called can be listened to; all else is reached by pasting the address. */
const ownNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"])

export const canListen = (callbackUrl: string): boolean => {
  const { hostname, protocol } = new URL(callbackUrl)
  return protocol === "http:" && ownNames.has(hostname)
}

/** Waits for the browser to land on the callback URL and answers the whole address; fails when the port is taken. */
export const listenForCallback = (callbackUrl: string): Effect.Effect<string, Error, Scope.Scope> =>
  Effect.gen(function* () {
    const callback = new URL(callbackUrl)
    const landed = yield* Deferred.make<string, Error>()
    yield* Effect.acquireRelease(
      Effect.sync(() => {
        const server = createServer((request, response) => {
          const address = new URL(request.url ?? "/", callback.origin)
          const isCallback = address.pathname === callback.pathname && address.searchParams.has("state")
          response.writeHead(isCallback || request.method === "HEAD" ? 200 : 404, {
            "content-type": "text/html; charset=utf-8",
            connection: "close",
          })
          response.end(request.method === "HEAD" ? "" : isCallback ? arrived : elsewhere)
          if (isCallback && request.method === "GET")
            Deferred.unsafeDone(landed, Effect.succeed(address.href))
        })
        server.once("error", (error) => Deferred.unsafeDone(landed, Effect.fail(error)))
        server.listen(Number(callback.port || 80), callback.hostname.replace(/^\[|\]$/gu, ""))
        return server
      }),
      (server) =>
        Effect.sync(() => {
          server.close()
          server.closeAllConnections()
        }),
    )
    return yield* Deferred.await(landed)
  })
