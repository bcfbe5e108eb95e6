import { HttpRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { escapeHtml, SignIn } from "@withings-bridge/core"
import { Effect } from "effect"
import { HouseholdCores } from "../HouseholdCores.ts"
import { Hub } from "../HubConfig.ts"
import { invited, keyOfInvitation } from "../store/householdKeys.ts"

const page = (title: string, content: string, status = 200) =>
  HttpServerResponse.html(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<title>${escapeHtml(title)}</title><style>body{font:1.1em/1.5 system-ui;max-width:32em;margin:3em auto;padding:0 1em}` +
      `button,input{font:inherit;padding:.5em 1em}</style><h1>${escapeHtml(title)}</h1>${content}</html>`,
  ).pipe(
    HttpServerResponse.setStatus(status),
    HttpServerResponse.setHeaders({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    }),
  )

const invitation = Effect.gen(function* () {
  const { token = "" } = yield* HttpRouter.params
  return { token, household: yield* invited(token) }
})

const refused = ({ message }: { readonly message: string }) =>
  page("The sign-in could not be started", `<p>${escapeHtml(message)}</p>`, 404)

/** Says what the invitation is for, before anyone signs in. */
export const joinPage = invitation.pipe(
  Effect.map(({ household }) =>
    page(
      `Join “${household.name}”`,
      `<p>With this invitation you connect your Withings account to the household “${escapeHtml(household.name)}”. ` +
        `Its homes, and whoever runs this hub, can then see what your devices measure. You can take that back in the ` +
        `Withings app, under connected apps.</p><form method="post"><p><label>Your name ` +
        `<input name="name" required maxlength="60"></label></p><button>Continue to Withings</button></form>`,
    ),
  ),
  Effect.catchAll((error) => Effect.succeed(refused(error))),
)

/** Sends the person to Withings. */
export const join = Effect.gen(function* () {
  const { household } = yield* invitation
  const request = yield* HttpServerRequest.HttpServerRequest
  const name = new URLSearchParams(yield* request.text).get("name")?.trim().slice(0, 60) ?? ""
  const cores = yield* HouseholdCores
  const { authorizeUrl } = yield* cores.of(household.id)(
    Effect.flatMap(SignIn, (signIn) => signIn.start(name === "" ? {} : { personName: name })),
  )
  return HttpServerResponse.empty({ status: 303 }).pipe(
    HttpServerResponse.setHeader("location", authorizeUrl),
  )
}).pipe(Effect.catchAll((error) => Effect.succeed(refused(error))))

/** For the home of an invited person: the settings under `hub:` in its configuration. */
export const fetchKey = Effect.gen(function* () {
  const { token } = yield* invitation
  const key = yield* keyOfInvitation(token)
  const { publicUrl } = yield* Hub
  return HttpServerResponse.unsafeJson({ url: publicUrl, key })
}).pipe(
  Effect.catchAll(({ message }) =>
    Effect.succeed(HttpServerResponse.unsafeJson({ message }, { status: 404 })),
  ),
)
