import { Effect } from "effect"
import { SignIn } from "../src/withings/account/SignIn.ts"

/** Does what a person does on the page of Withings, and answers the address they land on. */
export const authorize = (authorizeUrl: string, person: string, decision = "authorize") =>
  Effect.promise(async () => {
    const page = await fetch(authorizeUrl)
    if (!page.ok) throw new Error(`The authorize page answered ${page.status}: ${await page.text()}`)
    const form = new URLSearchParams(new URL(authorizeUrl).search)
    form.set("person", person)
    form.set("decision", decision)
    const url = new URL(authorizeUrl)
    const answer = await fetch(url.origin + url.pathname, { method: "POST", body: form, redirect: "manual" })
    const location = answer.headers.get("location")
    if (location === null) throw new Error(`The authorize form answered ${answer.status} without a way back`)
    return location
  })

export const signIn = (person: string, personName?: string) =>
  Effect.gen(function* () {
    const service = yield* SignIn
    const { authorizeUrl } = yield* service.start(personName === undefined ? {} : { personName })
    return yield* service.finish(yield* authorize(authorizeUrl, person))
  })
