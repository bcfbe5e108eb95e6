import type { Cloud } from "./cloud/Cloud.ts"
import * as acts from "./household/acts.ts"
import type { Done } from "./household/acts.ts"
import type { Battery, Product } from "./household/Device.ts"
import { addDevice, replaceDevice, setBattery, unlinkDevice } from "./household/deviceActs.ts"
import type { Household } from "./household/Household.ts"
import { accountNotice } from "./household/Notice.ts"
import type { Person } from "./household/Person.ts"

/** What can be made to happen in the household. Each act stores its data, and resolves when the webhooks were tried once. */
export type Acts = ReturnType<typeof makeActs>

export const makeActs = ({ household, subscriptions, tokens, webhooks }: Cloud) => {
  /** Takes the person's name instead of the person, and sends the webhooks. */
  const by =
    <Details extends ReadonlyArray<unknown>, T>(
      act: (household: Household, person: Person, ...details: Details) => Done<T>,
    ) =>
    async (person: string, ...details: Details): Promise<T> => {
      const { result, notices } = act(household, household.personNamed(person), ...details)
      await webhooks.tell(notices)
      return result
    }

  return {
    weigh: by(acts.weigh),
    enterWeight: by(acts.enterWeight),
    measureBloodPressure: by(acts.measureBloodPressure),
    takeTemperature: by(acts.takeTemperature),
    measureOxygen: by(acts.measureOxygen),
    recordEcg: by(acts.recordEcg),
    /** Any other type: carbon dioxide, the temperature of a room. */
    measure: by(acts.measureOne),
    goToBed: by(acts.goToBed),
    /** After an hour or more in bed, the night is stored too. */
    getUp: by(acts.getUp),
    inflateMat: by(acts.inflateMat),
    walk: by(acts.walk),
    workOut: by(acts.workOut),
    editWeight: by(acts.editWeight),
    deleteMeasure: by(acts.deleteGroup),
    setBattery: async (deviceid: string, battery: Battery) => setBattery(household, deviceid, battery),
    addDevice: async (person: string, product: Product) =>
      addDevice(household, household.personNamed(person), product),
    replaceDevice: async (deviceid: string) => replaceDevice(household, deviceid),
    unlinkDevice: async (deviceid: string) => unlinkDevice(household, deviceid),
    /** The person removes the application from their account: tokens and subscriptions end, and the application is told. */
    unlinkAccount: async (person: string) => {
      const { userid } = household.personNamed(person)
      await webhooks.tell([accountNotice(userid, "unlink")])
      tokens.revoke(userid)
      subscriptions.removeAll(userid)
    },
  }
}
