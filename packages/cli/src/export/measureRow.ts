import { kindOf, type Measure } from "@withings-bridge/core"

/** The columns of a CSV export and the keys of a JSON line; docs/cli.md describes them. */
export const columns = [
  "person",
  "at",
  "kind",
  "name",
  "position",
  "value",
  "unit",
  "source",
  "attribution",
] as const

type Row = Readonly<Record<(typeof columns)[number], string | number | null>>

export const measureRow = (measure: Measure, person: string): Row => {
  const { name, unit } = kindOf(measure.kind)
  return {
    person,
    at: new Date(measure.at * 1_000).toISOString(),
    kind: measure.kind,
    name: name.en,
    position: measure.position,
    value: measure.value,
    unit: unit?.ucum ?? null,
    source: measure.source,
    attribution: measure.attribution,
  }
}

/** Quotes a cell with a comma, a quote or a line break (RFC 4180). */
const cell = (value: string | number | null): string => {
  const text = value === null ? "" : String(value)
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvLine = (row: Row): string => columns.map((column) => cell(row[column])).join(",")
