import QRCode from "qrcode"
import { coloured, withoutColour } from "./style.ts"

/** Light modules around the code: four by the standard, two suffice in practice. */
const quiet = 2

/** Colour numbers that themes of terminals do not change. */
const blackOnWhite = (text: string) => (coloured ? `\u001b[38;5;16m\u001b[48;5;231m${text}\u001b[0m` : text)

/** Two rows of modules become one line of text. */
const qrLines = (text: string): ReadonlyArray<string> => {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" })
  const wide = modules.size + 2 * quiet
  const dark = (row: number, column: number) => {
    const [y, x] = [row - quiet, column - quiet]
    return y >= 0 && x >= 0 && y < modules.size && x < modules.size && modules.get(y, x) === 1
  }
  const half = (row: number, column: number) =>
    dark(row, column) ? (dark(row + 1, column) ? "█" : "▀") : dark(row + 1, column) ? "▄" : " "
  return Array.from({ length: Math.ceil(wide / 2) }, (_, line) =>
    blackOnWhite(Array.from({ length: wide }, (_, column) => half(2 * line, column)).join("")),
  )
}

/** The code on the left, text on the right. */
export const qrBeside = (text: string, beside: ReadonlyArray<string>): string => {
  const lines = qrLines(text)
  const wide = Math.max(...lines.map((line) => withoutColour(line).length))
  const above = Math.max(0, Math.floor((lines.length - beside.length) / 2))
  return Array.from({ length: Math.max(lines.length, beside.length) }, (_, row) => {
    const left = lines[row] ?? ""
    const right = beside[row - above]
    return `  ${left}${right ? " ".repeat(wide - withoutColour(left).length + 3) + right : ""}`
  }).join("\n")
}
