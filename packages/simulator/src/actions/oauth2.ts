import { invalidParams } from "../cloud/ApiFailure.ts"
import { lifetimes, type TokenPair } from "../cloud/Tokens.ts"
import { hexId } from "../household/random.ts"
import { clientAction } from "./Action.ts"
import { requiredInteger, requiredText } from "./Params.ts"

const knownScopes = ["user.info", "user.metrics", "user.activity", "user.sleepevents"] as const

/** Scopes come separated by commas; the real cloud takes spaces as well. */
export const scopesOf = (text: string): ReadonlyArray<string> => {
  const scopes = text.split(/[\s,]+/).filter((scope) => scope !== "")
  const unknown = scopes.find((scope) => !knownScopes.some((known) => known === scope))
  if (scopes.length === 0 || unknown !== undefined)
    throw invalidParams(`invalid scope ${unknown ?? ""}`.trim())
  return scopes
}

const tokenBody = (pair: TokenPair) => ({
  userid: pair.userid,
  access_token: pair.accessToken,
  refresh_token: pair.refreshToken,
  scope: pair.scope.join(","),
  expires_in: lifetimes.access,
  token_type: "Bearer",
  csrf_token: hexId(pair.accessToken),
})

export const requesttoken = clientAction(({ cloud, params }) => {
  const clientId = cloud.clients.authenticate(params)
  const grantType = requiredText(params, "grant_type")
  if (grantType === "authorization_code") {
    const code = requiredText(params, "code")
    return tokenBody(
      cloud.tokens.redeemCode(code, clientId, requiredText(params, "redirect_uri"), cloud.mostUsers),
    )
  }
  if (grantType !== "refresh_token") throw invalidParams("invalid grant_type")
  return tokenBody(cloud.tokens.refresh(requiredText(params, "refresh_token"), clientId))
})

/** Ends what a person allowed this application, with their subscriptions. */
export const revoke = clientAction(({ cloud, params }) => {
  const clientId = cloud.clients.authenticateSigned(params)
  const userid = requiredInteger(params, "userid")
  if (!cloud.household.personWith(userid)) throw invalidParams("invalid userid")
  cloud.tokens.revoke(userid, clientId)
  cloud.subscriptions.removeAll(userid, clientId)
  return {}
})

export const getdemoaccess = clientAction(({ cloud, params }) => {
  const clientId = cloud.clients.authenticateSigned(params)
  const scope = scopesOf(requiredText(params, "scope_oauth2"))
  const pair = cloud.tokens.issue({ userid: cloud.household.demo.userid, clientId, scope })
  return { access_token: pair.accessToken, refresh_token: pair.refreshToken, expires_in: lifetimes.access }
})

export const getnonce = clientAction(({ cloud, params }) => ({
  nonce: cloud.clients.nonce(
    requiredText(params, "client_id"),
    String(requiredInteger(params, "timestamp")),
    requiredText(params, "signature"),
  ),
}))
