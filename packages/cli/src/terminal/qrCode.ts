import QRCode from "qrcode"
import { coloured, withoutColour } from "./style.ts"

/** Light modules around a code that a phone needs to find it; four by the standard, two do in practice. */
const quiet = 2

/** True black on true white, whatever the terminal's theme makes of "black" and "white". */
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

/** The code at the left, what to do with it at the right. */
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
