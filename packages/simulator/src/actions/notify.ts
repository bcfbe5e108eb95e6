import { callbackRejected, insufficientScope, invalidParams } from "../cloud/ApiFailure.ts"
import { acceptableCallback, answersHead } from "../cloud/callback.ts"
import { neverExpires, type Subscription } from "../cloud/Subscriptions.ts"
import { personAction, type PersonCall } from "./Action.ts"
import { integerOf, requiredInteger, requiredText, textOf } from "./Params.ts"

/** The scopes of each kind of news, one of which is needed; null: none. */
const scopesOfAppli: Readonly<Record<number, ReadonlyArray<string> | null>> = {
  1: ["user.metrics"],
  2: ["user.metrics"],
  4: ["user.metrics"],
  16: ["user.activity"],
  44: ["user.activity"],
  46: ["user.info"],
  50: ["user.sleepevents"],
  51: ["user.sleepevents"],
  52: ["user.sleepevents"],
  53: null,
  54: ["user.metrics"],
  55: ["user.metrics"],
  58: ["user.metrics"],
  60: ["user.metrics"],
  61: ["user.metrics"],
  62: ["user.metrics"],
  63: ["user.metrics"],
}

const allowedAppli = ({ grant }: PersonCall, appli: number): number => {
  const scopes = scopesOfAppli[appli]
  if (scopes === undefined) throw invalidParams(`unknown appli ${appli}`)
  if (scopes && !scopes.some((scope) => grant.scope.includes(scope))) throw insufficientScope()
  return appli
}

const keyOf = ({ grant, params }: PersonCall, appli: number) => ({
  userid: grant.userid,
  clientId: grant.clientId,
  appli,
  callbackurl: requiredText(params, "callbackurl"),
})

const profileOf = ({ appli, callbackurl, comment }: Subscription) => ({
  appli,
  callbackurl,
  expires: neverExpires,
  comment,
})

/** The address has to be acceptable and to answer HEAD with success, before the subscription is made. */
const probe = async ({ cloud }: PersonCall, callbackurl: string): Promise<void> => {
  if (!acceptableCallback(callbackurl, cloud.strictCallbacks)) throw callbackRejected()
  if (!(await answersHead(callbackurl))) throw callbackRejected()
}

export const subscribe = personAction([], async (call) => {
  const { cloud, params } = call
  const key = keyOf(call, allowedAppli(call, requiredInteger(params, "appli")))
  await probe(call, key.callbackurl)
  cloud.subscriptions.add(key, textOf(params, "comment") ?? "")
  return {}
})

export const listSubscriptions = personAction([], ({ cloud, params, grant }) => {
  const appli = integerOf(params, "appli")
  const profiles = cloud.subscriptions
    .of(grant.userid, grant.clientId)
    .filter((one) => appli === undefined || one.appli === appli)
    .map(profileOf)
  return { profiles }
})

export const getSubscription = personAction([], (call) => {
  const found = call.cloud.subscriptions.find(keyOf(call, integerOf(call.params, "appli") ?? 1))
  return profileOf(found)
})

/** One of the address, the kind and the comment is changed; an address is probed as for a new subscription. */
export const updateSubscription = personAction([], async (call) => {
  const { cloud, params } = call
  const key = keyOf(call, requiredInteger(params, "appli"))
  cloud.subscriptions.find(key)
  const callbackurl = textOf(params, "new_callbackurl")
  const appli = integerOf(params, "new_appli")
  const comment = textOf(params, "comment")
  if (callbackurl === undefined && appli === undefined && comment === undefined) {
    throw invalidParams("Missing new_callbackurl, new_appli or comment")
  }
  if (callbackurl !== undefined) await probe(call, callbackurl)
  cloud.subscriptions.update(key, {
    ...(callbackurl === undefined ? {} : { callbackurl }),
    ...(appli === undefined ? {} : { appli: allowedAppli(call, appli) }),
    ...(comment === undefined ? {} : { comment }),
  })
  return {}
})

/** With a kind, that subscription; without, every one with this address. */
export const revokeSubscription = personAction([], (call) => {
  const { cloud, params, grant } = call
  const appli = integerOf(params, "appli")
  if (appli !== undefined) {
    cloud.subscriptions.remove(keyOf(call, appli))
    return {}
  }
  const callbackurl = requiredText(params, "callbackurl")
  const meant = cloud.subscriptions
    .of(grant.userid, grant.clientId)
    .filter((one) => one.callbackurl === callbackurl)
  if (meant.length === 0) throw invalidParams("no such subscription")
  for (const one of meant) cloud.subscriptions.remove(one)
  return {}
})
