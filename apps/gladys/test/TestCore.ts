import {
  type DeviceDescriptor,
  type Feature,
  type Household,
  HouseholdFeed,
  type MeasuredEvent,
  type Moment,
  type Person,
  type Point,
  RelayedWebhooks,
  type RelayStanding,
  SignIn,
  SignInError,
  StoreError,
  PersonId,
  DeviceId,
  DescriptorId,
  Revision,
} from "@withings-bridge/core"
import { Effect, Layer, Ref, Stream, SubscriptionRef } from "effect"
import type { CoreLayer, Credentials } from "../src/BridgeHost.ts"
import { FeatureHistory } from "../src/FeatureHistory.ts"
import { Refresh } from "../src/Refresh.ts"

/** A core whose household the test writes itself: for what is Gladys' alone. Journeys run the real one. */
export class TestCore {
  readonly household: SubscriptionRef.SubscriptionRef<Household>
  readonly history = new Map<string, Array<Point>>()
  readonly refreshed: Array<string | null> = []
  readonly heard: Array<string> = []
  readonly relay = Effect.runSync(Ref.make<RelayStanding>("unknown"))
  readonly builtWith: Array<Credentials> = []
  historyComplete = true
  firstValuesKnown = true
  /** So many reads of the past fail. */
  failing = 0
  readonly signedOut: Array<string> = []
  askedIfComplete = 0
  private measured: Array<MeasuredEvent> = []
  private moments: Array<Moment> = []

  constructor(household: Household) {
    this.household = Effect.runSync(SubscriptionRef.make(household))
  }

  /** Gives a feature a new reading, keeps it in the history, and tells that it was measured. */
  readonly measure = (descriptorId: DescriptorId, key: string, value: number, at: number) =>
    SubscriptionRef.update(this.household, (household) => {
      const points = this.pointsOf(descriptorId, key)
      points.push({ at, value })
      this.measured.push({
        descriptorId,
        personId: person.id,
        deviceId: DeviceId("device"),
        group: `getmeas:${points.length}`,
        at,
        kinds: [key],
      })
      return {
        ...household,
        revision: Revision(household.revision + 1),
        descriptors: household.descriptors.map((descriptor) =>
          descriptor.id === descriptorId ? withReading(descriptor, key, value, at) : descriptor,
        ),
      }
    })

  /** A moment, as the core's own journeys make them. */
  readonly happen = (moment: Moment) =>
    SubscriptionRef.update(this.household, (household) => {
      this.moments.push(moment)
      return { ...household, revision: Revision(household.revision + 1) }
    })

  readonly pointsOf = (descriptorId: DescriptorId, key: string): Array<Point> => {
    const id = `${descriptorId}/${key}`
    const points = this.history.get(id) ?? []
    this.history.set(id, points)
    return points
  }

  readonly layer: CoreLayer = (credentials) =>
    Layer.mergeAll(
      Layer.succeed(HouseholdFeed, {
        current: Ref.get(this.household),
        changes: () => Stream.never,
        follow: (_, handler) =>
          this.household.changes.pipe(
            Stream.runForEach((household) =>
              Effect.suspend(() =>
                handler({ household, measured: this.measured.splice(0), moments: this.moments.splice(0) }),
              ),
            ),
            Effect.zipRight(Effect.never),
          ),
        consumers: Effect.succeed([]),
      }),
      Layer.succeed(SignIn, {
        start: () =>
          Effect.succeed({
            authorizeUrl: `https://account.example/authorize?client_id=${credentials.clientId}&redirect_uri=${credentials.callbackUrl}&state=random`,
            state: "random",
          }),
        finish: (landedOn) => {
          const state = new URL(landedOn).searchParams.get("state")
          if (state === "random") return Effect.succeed(person)
          // Withings does not answer.
          if (state === "slow") return Effect.never
          return Effect.fail(new SignInError({ reason: "unknown-state", message: "Start again." }))
        },
        signOut: (id) => Effect.sync(() => void this.signedOut.push(id)),
      }),
      Layer.succeed(FeatureHistory, {
        points: (descriptor, feature, { after, before, take }) =>
          this.failing > 0
            ? Effect.suspend(() => {
                this.failing--
                return Effect.fail(new StoreError({ operation: "read the past", cause: new Error("disk") }))
              })
            : Effect.sync(() =>
                this.pointsOf(descriptor.id, feature.key)
                  .filter(({ at }) => at >= after && at < before)
                  .toSorted((one, other) => other.at - one.at)
                  .slice(0, take),
              ),
        count: (descriptor, feature, { after, before }) =>
          Effect.sync(
            () =>
              this.pointsOf(descriptor.id, feature.key).filter(({ at }) => at >= after && at < before).length,
          ),
      }),
      Layer.succeed(RelayedWebhooks, {
        receive: (form) => Effect.sync(() => void this.heard.push(form)),
        standing: this.relay,
      }),
      Layer.succeed(Refresh, {
        now: (personId) => Effect.sync(() => void this.refreshed.push(personId)),
        firstValuesKnown: () => Effect.sync(() => this.firstValuesKnown),
        historyShare: Effect.sync(() => (this.historyComplete ? null : 0.5)),
        historyComplete: () =>
          Effect.sync(() => {
            this.askedIfComplete++
            return this.historyComplete
          }),
      }),
    ).pipe(Layer.tap(() => Effect.sync(() => void this.builtWith.push(credentials))))
}

const withReading = (
  descriptor: DeviceDescriptor,
  key: string,
  value: number,
  at: number,
): DeviceDescriptor => ({
  ...descriptor,
  features: descriptor.features.map((feature) =>
    feature.key === key ? { ...feature, reading: { value, at, stale: false } } : feature,
  ),
})

export const units = {
  kilogram: { ucum: "kg", symbol: "kg" },
  percent: { ucum: "%", symbol: "%" },
  celsius: { ucum: "Cel", symbol: "°C" },
  metre: { ucum: "m", symbol: "m" },
  metrePerSecond: { ucum: "m/s", symbol: "m/s" },
  partsPerMillion: { ucum: "[ppm]", symbol: "ppm" },
  second: { ucum: "s", symbol: "s" },
}

export const person: Person = {
  id: PersonId("ann"),
  name: "Ann",
  withingsUserId: "1",
  standing: { state: "signed-in", since: 0, lastSuccess: 0, nextTry: null, reason: null },
}

/** Yesterday morning: some questions are about the last days. */
export const weighedAt = Math.floor(Date.now() / 86_400_000 - 1) * 86_400 + 6.5 * 3600

export const feature = (over: Partial<Feature>): Feature => ({
  key: "weight",
  kind: "weight",
  nature: "value",
  category: "body",
  name: { en: "Weight", fr: "Poids" },
  unit: units.kilogram,
  decimals: 2,
  min: 0,
  max: 500,
  essential: true,
  reading: null,
  ...over,
})

export const descriptor = (over: Partial<DeviceDescriptor>): DeviceDescriptor => ({
  id: DescriptorId("0123456789abcdef01234567"),
  deviceClass: "scale",
  personId: person.id,
  personName: person.name,
  deviceId: DeviceId("device"),
  manufacturer: "Withings",
  model: "Body+",
  name: "Body+ Ann",
  availability: "available",
  features: [
    feature({ reading: { value: 72.4, at: weighedAt, stale: false } }),
    feature({
      key: "fat-ratio",
      kind: "fat-ratio",
      name: { en: "Fat ratio", fr: "Masse grasse" },
      unit: units.percent,
      max: 100,
    }),
    feature({
      key: "battery",
      kind: "battery",
      nature: "battery",
      category: "device",
      name: { en: "Battery", fr: "Batterie" },
      unit: null,
      decimals: 0,
      min: 1,
      max: 3,
      reading: { value: 2, at: weighedAt, stale: false },
    }),
  ],
  ...over,
})

export const household = (...descriptors: ReadonlyArray<DeviceDescriptor>): Household => ({
  revision: Revision(1),
  persons: [person],
  descriptors,
  values: "all",
  leftOut: [],
})
