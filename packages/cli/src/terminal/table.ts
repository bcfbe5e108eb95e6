import { bold, fitted, withoutColour } from "./style.ts"

const width = (text: string) => withoutColour(text).length

/** Columns as wide as their widest cell; on a terminal the last one ends where the line does. */
export const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const widths = head.map((title, column) =>
    Math.max(width(title), ...rows.map((row) => width(row[column] ?? ""))),
  )
  const line = (cells: ReadonlyArray<string>) =>
    cells
      .map((cell, column) =>
        column === cells.length - 1 ? cell : cell + " ".repeat((widths[column] ?? 0) - width(cell)),
      )
      .join("  ")
      .trimEnd()
  return [line(head.map(bold)), ...rows.map((row) => fitted(line(row)))].join("\n")
}
