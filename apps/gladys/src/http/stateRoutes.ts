import { HttpApiBuilder, HttpServerResponse } from "@effect/platform"
import type { Point } from "@withings-bridge/core"
import { Clock, Effect, Stream } from "effect"
import { byChange, byCount, byPeriod, type Grouping } from "../aggregate.ts"
import { pointsOf } from "../askCore.ts"
import type { BridgeHost } from "../BridgeHost.ts"
import type { Window } from "../FeatureHistory.ts"
import { GladysNaming, pairingsBySelector } from "../GladysHousehold.ts"
import { isoTime, strictEpochOf } from "../isoTime.ts"
import { type Pairing, toGladysValue } from "../toGladys.ts"
import { answerable } from "./deviceRoutes.ts"
import { type AggregationQuery, GladysApi, type HistoryQuery } from "./GladysApi.ts"
import { BadRequest, NotFound } from "./schemas.ts"

const featuresAtOnce = 50
const allOfIt = 1_000_000
const statesUnlessSaid = 100

export const stateRoutes = HttpApiBuilder.group(GladysApi, "state", (handlers) =>
  handlers
    .handle("aggregated", ({ urlParams }) => aggregatedOfEach(urlParams))
    .handle("history", ({ urlParams }) => history(urlParams))
    .handleRaw("export", () => exported),
)

const aggregatedOfEach = (wanted: typeof AggregationQuery.Type) =>
  Effect.gen(function* () {
    const selectors = wanted.device_features.split(",")
    if (selectors.length > featuresAtOnce) return yield* Effect.fail(tooManyFeatures)
    const pairings = yield* pairingsBySelector.pipe(answerable)
    const now = (yield* Clock.currentTimeMillis) / 1000
    const before = now - (wanted.offset ?? 0) * 60
    const after = wanted.interval === undefined ? 0 : before - wanted.interval * 60
    const grouping = { maxStates: wanted.max_states ?? statesUnlessSaid, groupBy: wanted.group_by }
    return yield* Effect.forEach(selectors, (selector) => {
      const pairing = pairings.get(selector)
      return pairing === undefined
        ? Effect.fail(NotFound.because(`DeviceFeature not found: ${selector.slice(0, 256)}`))
        : aggregated(pairing, { after, before }, grouping)
    })
  })

const history = (page: typeof HistoryQuery.Type) =>
  Effect.gen(function* () {
    const now = (yield* Clock.currentTimeMillis) / 1000
    const before = page.before === undefined ? now : strictEpochOf(page.before)
    const since = page.since === undefined ? 0 : strictEpochOf(page.since)
    if (before === null || since === null) return yield* Effect.fail(noTime)
    const take = page.take ?? statesUnlessSaid
    const pairings = [...(yield* pairingsBySelector.pipe(answerable)).values()].filter(isAskedFor(page))
    // States at exactly `before` belong to this page when another of them ended the last one.
    const window = { after: since, before: page.before_id === undefined ? before : before + 1, take }
    const states = yield* Effect.forEach(pairings, (pairing) =>
      Effect.map(shownPoints(pairing, window), (points) => points.map((point) => ({ point, pairing }))),
    )
    return states
      .flat()
      .filter(({ point, pairing }) => point.at < before || pairing.gladys.id < (page.before_id ?? ""))
      .toSorted(newestFirst)
      .slice(0, take)
      .map(toHistoricalState)
  })

const exported = Effect.gen(function* () {
  const pairings = yield* pairingsBySelector.pipe(answerable)
  const context = yield* Effect.context<BridgeHost | GladysNaming>()
  const rows = Stream.fromIterable(pairings.values()).pipe(
    Stream.mapEffect((pairing) =>
      Effect.map(shownPoints(pairing, { after: 0, before: allTime, take: allOfIt }), (points) =>
        points.map((point) => csvRow(pairing, point)).join(""),
      ),
    ),
    Stream.provideContext(context),
  )
  return HttpServerResponse.stream(Stream.encodeText(Stream.concat(Stream.make(csvHead), rows)), {
    contentType: "text/csv; charset=utf-8",
  })
})

interface FeatureState {
  readonly point: Point
  readonly pairing: Pairing
}

const newestFirst = (one: FeatureState, other: FeatureState): number =>
  other.point.at - one.point.at || (one.pairing.gladys.id < other.pairing.gladys.id ? 1 : -1)

const isAskedFor = ({ categories, room_id, search = "" }: typeof HistoryQuery.Type) => {
  const wanted = categories?.split(",")
  return ({ descriptor, gladys, strings }: Pairing): boolean =>
    strings.type !== "text" &&
    room_id === undefined &&
    (wanted === undefined || wanted.includes(gladys.category)) &&
    descriptor.name.toLowerCase().includes(search.toLowerCase())
}

const toHistoricalState = ({ point, pairing }: FeatureState) => {
  const { category, id, name, selector, type, unit } = pairing.gladys
  return {
    value: point.value,
    created_at: isoTime(point.at),
    device_feature: { id, name, selector, category, type, unit },
    device: { name: pairing.descriptor.name, selector: deviceSelector(pairing) },
    room: null,
  }
}

/** Later than any measure. */
const allTime = 253_402_300_799
const tooManyFeatures = BadRequest.because(`Ask for ${featuresAtOnce} features at the most.`)
const noTime = BadRequest.because("`before` and `since` have to be ISO 8601 times.")

const aggregated = (
  pairing: Pairing,
  { after, before }: { readonly after: number; readonly before: number },
  { groupBy, maxStates }: { readonly maxStates: number; readonly groupBy: Grouping | undefined },
) =>
  Effect.map(shownPoints(pairing, { after, before, take: allOfIt }), (newest) => {
    const points = newest.toReversed()
    const { name, unit } = pairing.gladys
    const onOrOff = pairing.strings.type === "binary" || pairing.strings.type === "push"
    return {
      device: { name: pairing.descriptor.name },
      deviceFeature: { name, unit },
      values: onOrOff
        ? byChange(points, maxStates)
        : groupBy === undefined
          ? byCount(points, maxStates)
          : byPeriod(points, groupBy),
    }
  })

/** The history of one feature in Gladys' unit, newest first. A verdict shows its number. */
const shownPoints = (pairing: Pairing, window: Window) =>
  Effect.gen(function* () {
    const { language } = yield* GladysNaming
    const points = yield* pointsOf(pairing, window)
    return points.map((point): Point => {
      const value = toGladysValue(pairing.feature, pairing.strings, point.value, language)
      return { at: point.at, value: "state" in value ? value.state : point.value }
    })
  }).pipe(answerable)

const deviceSelector = ({ gladys, descriptor }: Pairing) =>
  gladys.selector.slice(0, gladys.selector.indexOf(descriptor.id.slice(0, 8)) + 8)

const csvHead = "device,feature,selector,unit,created_at,value\r\n"
const csvRow = ({ descriptor, gladys, feature }: Pairing, point: Point) =>
  [
    descriptor.name,
    gladys.name,
    gladys.selector,
    gladys.unit ?? feature.unit?.symbol ?? "",
    isoTime(point.at),
    String(point.value),
  ]
    .map(csvField)
    .join(",") + "\r\n"

/** Marks as text what a spreadsheet would run as a formula. */
const csvField = (text: string) => {
  const harmless = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
