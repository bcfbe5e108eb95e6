import type { Action } from "./Action.ts"
import { getactivity, getintradayactivity, getworkouts } from "./activity.ts"
import { getmeas } from "./getmeas.ts"
import { getHeart, listHearts } from "./heart.ts"
import {
  getSubscription,
  listSubscriptions,
  revokeSubscription,
  subscribe,
  updateSubscription,
} from "./notify.ts"
import { getdemoaccess, getnonce, requesttoken, revoke } from "./oauth2.ts"
import { getSleep, getsummary } from "./sleep.ts"
import { getSound, listSounds } from "./stetho.ts"
import { getdevice, getgoals } from "./user.ts"

/** Every action of the cloud, by path and `action`. */
export const actions: Readonly<Record<string, Readonly<Record<string, Action>>>> = {
  "/measure": { getmeas },
  "/v2/measure": { getactivity, getintradayactivity, getworkouts },
  "/v2/sleep": { get: getSleep, getsummary },
  "/v2/heart": { get: getHeart, list: listHearts },
  "/v2/stetho": { get: getSound, list: listSounds },
  "/v2/user": { getdevice, getgoals },
  "/notify": {
    subscribe,
    list: listSubscriptions,
    get: getSubscription,
    update: updateSubscription,
    revoke: revokeSubscription,
  },
  "/v2/oauth2": { requesttoken, revoke, getdemoaccess },
  "/v2/signature": { getnonce },
}
