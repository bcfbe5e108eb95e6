import { HttpApiBuilder, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { isForeign } from "@withings-bridge/core"
import { Cause, Effect } from "effect"

const says = (status: number, message: string) => HttpServerResponse.unsafeJson({ message }, { status })
const foreign = says(403, "Pages of other sites may not ask this hub anything.")
const unreadable = says(400, "The request cannot be read: its body has to be JSON of at most 64 kB.")

/** People reach all other routes by links from other sites: from Withings, and from a mail to the invitation. */
const forPrograms = /^\/(api\/|rpc\b)/u

/** The platform's form reader crashes on a form without a boundary; no route takes such forms. */
const isForm = (contentType = ""): boolean => /^\s*multipart\//iu.test(contentType)

/** Refuses requests that no route can answer. */
export const refusals = (publicUrl: string) =>
  HttpApiBuilder.middleware((app) =>
    Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ headers, url }) => {
      if (forPrograms.test(url) && isForeign(headers, { loopback: false, publicUrl }))
        return Effect.succeed(foreign)
      if (isForm(headers["content-type"])) return Effect.succeed(unreadable)
      // Describing what is wrong with 20,000 nested lists overflows the stack.
      return Effect.catchAllCause(app, (cause) =>
        Cause.squash(cause) instanceof RangeError ? Effect.succeed(unreadable) : Effect.failCause(cause),
      )
    }),
  )
