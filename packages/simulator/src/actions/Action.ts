import type { Cloud } from "../cloud/Cloud.ts"
import type { Grant } from "../cloud/Tokens.ts"
import type { Person } from "../household/Person.ts"
import type { Params } from "./Params.ts"

export type Body = Readonly<Record<string, unknown>>

/** A request about a person's data, made with their access token. */
export interface PersonCall {
  readonly cloud: Cloud
  readonly params: Params
  readonly person: Person
  readonly grant: Grant
}

/** A request of the application itself. */
export interface ClientCall {
  readonly cloud: Cloud
  readonly params: Params
}

/** One action of the API. */
export type Action =
  | {
      readonly needs: "token"
      /** The token needs one of these. Empty: the action checks them itself. */
      readonly scopes: ReadonlyArray<string>
      readonly run: (call: PersonCall) => Body | Promise<Body>
    }
  | { readonly needs: "client"; readonly run: (call: ClientCall) => Body | Promise<Body> }

export const personAction = (
  scopes: ReadonlyArray<string>,
  run: (call: PersonCall) => Body | Promise<Body>,
): Action => ({ needs: "token", scopes, run })

export const clientAction = (run: (call: ClientCall) => Body | Promise<Body>): Action => ({
  needs: "client",
  run,
})
