import type { Cloud } from "./cloud/Cloud.ts"
import type { MeasureGroup } from "./history/MeasureGroup.ts"
import type { Workout } from "./history/workouts.ts"
import * as acts from "./household/acts.ts"
import type { BedTime, BloodPressure, Done, OneMeasure } from "./household/acts.ts"
import type { Battery, Device, Product } from "./household/Device.ts"
import { addDevice, replaceDevice, setBattery, unlinkDevice } from "./household/deviceActs.ts"
import type { Household } from "./household/Household.ts"
import { accountNotice } from "./household/Notice.ts"
import type { Person } from "./household/Person.ts"

/** What can be made to happen in the household. Each act stores its data, and resolves when the webhooks were tried once. */
export interface Acts {
  readonly weigh: (
    person: string,
    kilograms: number,
    how?: { readonly ambiguous?: boolean },
  ) => Promise<MeasureGroup>
  readonly enterWeight: (person: string, kilograms: number) => Promise<MeasureGroup>
  readonly measureBloodPressure: (person: string, values: BloodPressure) => Promise<MeasureGroup>
  readonly takeTemperature: (person: string, celsius: number) => Promise<MeasureGroup>
  readonly measureOxygen: (person: string, percent: number) => Promise<MeasureGroup>
  /** `afib` 0 negative (default), 1 positive, 2 inconclusive. */
  readonly recordEcg: (
    person: string,
    afib?: number,
  ) => Promise<{ readonly signalid: number; readonly timestamp: number }>
  /** Whatever else a device can tell: carbon dioxide, the temperature of a room. */
  readonly measure: (person: string, measure: OneMeasure) => Promise<MeasureGroup>
  readonly goToBed: (person: string) => Promise<BedTime>
  /** After an hour or more in bed, the night is stored too. */
  readonly getUp: (person: string) => Promise<BedTime>
  readonly inflateMat: (person: string) => Promise<BedTime>
  readonly walk: (person: string, steps: number) => Promise<{ readonly date: string; readonly steps: number }>
  readonly workOut: (person: string, category: number, minutes: number) => Promise<Workout>
  readonly editWeight: (person: string, grpid: number, kilograms: number) => Promise<MeasureGroup>
  readonly deleteMeasure: (person: string, grpid: number) => Promise<MeasureGroup>
  readonly setBattery: (deviceid: string, battery: Battery) => Promise<void>
  readonly addDevice: (person: string, product: Product) => Promise<Device>
  readonly replaceDevice: (deviceid: string) => Promise<Device>
  readonly unlinkDevice: (deviceid: string) => Promise<void>
  /** The person takes the application off their account: tokens and subscriptions end, and the application is told. */
  readonly unlinkAccount: (person: string) => Promise<void>
}

export const makeActs = (cloud: Cloud): Acts => {
  const { household, webhooks } = cloud
  const personNamed = (name: string): Person => household.personNamed(name)

  const tell = async <T>({ result, notices }: Done<T>): Promise<T> => {
    await webhooks.tell(notices)
    return result
  }

  /** Makes an act of a person's name out of one of a person. */
  const by =
    <Given extends ReadonlyArray<unknown>, T>(
      act: (household: Household, person: Person, ...given: Given) => Done<T>,
    ) =>
    async (name: string, ...given: Given): Promise<T> =>
      tell(act(household, personNamed(name), ...given))

  return {
    weigh: async (name, kilograms, how = {}) =>
      tell(acts.weigh(household, personNamed(name), kilograms, how.ambiguous ?? false)),
    enterWeight: by(acts.enterWeight),
    measureBloodPressure: by(acts.measureBloodPressure),
    takeTemperature: by(acts.takeTemperature),
    measureOxygen: by(acts.measureOxygen),
    recordEcg: async (name, afib = 0) => tell(acts.recordEcg(household, personNamed(name), afib)),
    measure: by(acts.measureOne),
    goToBed: by(acts.goToBed),
    getUp: by(acts.getUp),
    inflateMat: by(acts.inflateMat),
    walk: by(acts.walk),
    workOut: by(acts.workOut),
    editWeight: by(acts.editWeight),
    deleteMeasure: by(acts.deleteGroup),
    setBattery: async (deviceid, battery) => setBattery(household, deviceid, battery),
    addDevice: async (name, product) => addDevice(household, personNamed(name), product),
    replaceDevice: async (deviceid) => replaceDevice(household, deviceid),
    unlinkDevice: async (deviceid) => unlinkDevice(household, deviceid),
    unlinkAccount: async (name) => {
      const { userid } = personNamed(name)
      await webhooks.tell([accountNotice(userid, "unlink")])
      cloud.tokens.revoke(userid)
      cloud.subscriptions.removeAll(userid)
    },
  }
}
