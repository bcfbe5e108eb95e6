import { Effect, type Redacted } from "effect"
import type { PersonId } from "../../measure/Person.ts"
import type { AccessToken } from "../account/AccessToken.ts"
import type { Wire } from "../wire/read.ts"
import { RequestedFor } from "./RequestBudget.ts"
import type { WithingsError } from "./WithingsError.ts"
import type { WithingsHttp, WithingsRequest } from "./WithingsHttp.ts"

/** Sends a request with the person's access token. */
export type Call = <A>(
  personId: PersonId,
  request: Omit<WithingsRequest, "accessToken">,
  read: (body: Wire) => A | null,
) => Effect.Effect<A, WithingsError>

/**
 * Replaces a refused token once. If the new one is refused too, the action is at fault: it gets no more refreshes until
 * it has succeeded once.
 */
export const calling = (http: WithingsHttp["Type"], accessToken: AccessToken["Type"]): Call => {
  /** Actions that refused a new token. */
  const refusing = new Set<string>()
  return (personId, request, read) => {
    const key = `${personId} ${request.path} ${request.action}`
    const send = (token: Redacted.Redacted) => http.send({ ...request, accessToken: token }, read)
    const again = (token: Redacted.Redacted) =>
      Effect.flatMap(accessToken.instead(personId, token), send).pipe(
        Effect.tapErrorTag("AuthenticationFailed", () => Effect.sync(() => refusing.add(key))),
      )
    return Effect.flatMap(accessToken.get(personId), (token) =>
      Effect.catchTag(send(token), "AuthenticationFailed", (error) =>
        refusing.has(key) ? Effect.fail(error) : again(token),
      ),
    ).pipe(
      Effect.tap(() => Effect.sync(() => refusing.delete(key))),
      Effect.provideService(RequestedFor, personId),
    )
  }
}
