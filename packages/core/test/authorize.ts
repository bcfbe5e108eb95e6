import { Effect } from "effect"
import { request } from "node:http"
import { request as requestByTls } from "node:https"
import { SignIn } from "../src/withings/account/SignIn.ts"

/** Not `fetch`: a bench measures the memory of the process that signs in, and no app loads what Node needs for it. */
const send = (url: string, form?: URLSearchParams) =>
  new Promise<{ readonly status: number; readonly location: string | null; readonly text: string }>(
    (resolve, reject) => {
      const by = url.startsWith("https:") ? requestByTls : request
      const headers = form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }
      const sent = by(url, { method: form === undefined ? "GET" : "POST", headers }, (answer) => {
        let text = ""
        answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk))
        answer.once("end", () =>
          resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? null, text }),
        )
      })
      sent.once("error", reject).end(form?.toString())
    },
  )

/** Acts as a person on the page of Withings, and returns the address that they land on. */
export const authorize = (authorizeUrl: string, person: string, decision = "authorize") =>
  Effect.promise(async () => {
    const page = await send(authorizeUrl)
    if (page.status !== 200) throw new Error(`The authorize page answered ${page.status}: ${page.text}`)
    const url = new URL(authorizeUrl)
    const form = new URLSearchParams(url.search)
    form.set("person", person)
    form.set("decision", decision)
    const { location, status } = await send(url.origin + url.pathname, form)
    if (location === null) throw new Error(`The authorize form answered ${status} without a way back`)
    return location
  })

export const signIn = (person: string, personName?: string) =>
  Effect.gen(function* () {
    const service = yield* SignIn
    const { authorizeUrl } = yield* service.start(personName === undefined ? {} : { personName })
    return yield* service.finish(yield* authorize(authorizeUrl, person))
  })
