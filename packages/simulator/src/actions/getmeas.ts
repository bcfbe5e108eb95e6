import { invalidParams } from "../cloud/ApiFailure.ts"
import type { MeasureGroup } from "../history/MeasureGroup.ts"
import { personAction } from "./Action.ts"
import { pageOf } from "./page.ts"
import { dateRange, epochParam, integerOf, integersOf, type Params } from "./Params.ts"

const pageSize = 300

const wantedTypes = (params: Params): ReadonlySet<number> | null => {
  const types = [integersOf(params, "meastypes"), integersOf(params, "meastype")].filter(
    (list) => list !== undefined,
  )
  return types.length > 0 ? new Set(types.flat()) : null
}

/** A group holds only the measures that were asked for. */
const withTypes = (group: MeasureGroup, types: ReadonlySet<number>): MeasureGroup => ({
  ...group,
  measures: group.measures.filter(({ type }) => types.has(type)),
})

const selectionOf = (params: Params) => {
  const modifiedSince = epochParam(params, "lastupdate")
  const { from, to } = dateRange(params)
  if (modifiedSince !== undefined) return { modifiedSince }
  if (from > to) throw invalidParams("startdate is after enddate")
  return { from, to }
}

/** Measures by group. `more` and `offset` are there only when a page follows. */
export const getmeas = personAction(["user.metrics"], (call) => {
  const { cloud, params, person } = call
  const category = integerOf(params, "category")
  if (category !== undefined && category !== 1 && category !== 2) throw invalidParams("category is 1 or 2")
  const types = wantedTypes(params)
  const rows = person.histories.groups.rows(cloud.household.livedUntil, selectionOf(params))
  const inCategory = category === undefined ? rows : rows.filter((row) => row.wire.category === category)
  const withMeasures = types
    ? inCategory.filter((row) => row.wire.measures.some(({ type }) => types.has(type)))
    : inCategory
  const { items, paging } = pageOf(call, withMeasures, pageSize)
  return {
    updatetime: cloud.clock.now(),
    timezone: person.timezone,
    measuregrps: items.map(({ wire }) => (types ? withTypes(wire, types) : wire)),
    ...(paging.more ? { more: 1, offset: paging.offset } : {}),
  }
})
