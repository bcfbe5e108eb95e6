import process from "node:process"
import { bold, isTerminal, withoutColour, wrap } from "./style.ts"

const width = (text: string) => withoutColour(text).length

/** The least width for a wrapped last column. */
const narrowest = 16

/** Columns as wide as their widest cell; on a terminal the last one is wrapped. */
export const table = (
  head: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  columns = isTerminal ? (process.stdout.columns ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
): string => {
  const widths = head.map((title, column) =>
    Math.max(width(title), ...rows.map((row) => width(row[column] ?? ""))),
  )
  const before = widths.slice(0, -1).reduce((sum, each) => sum + each + 2, 0)
  const last = (cell: string) =>
    columns - before < narrowest || width(cell) <= columns - before
      ? cell
      : wrap(cell, columns - before).replaceAll("\n", `\n${" ".repeat(before)}`)
  const line = (cells: ReadonlyArray<string>) =>
    cells
      .map((cell, column) =>
        column === cells.length - 1 ? last(cell) : cell + " ".repeat((widths[column] ?? 0) - width(cell)),
      )
      .join("  ")
      .trimEnd()
  return [line(head.map(bold)), ...rows.map(line)].join("\n")
}
