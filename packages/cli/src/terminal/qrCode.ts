import QRCode from "qrcode"
import { coloured, withoutColour } from "./style.ts"

/** Light modules around the code: four by the standard, two suffice in practice. */
const quiet = 2

/** Colour numbers that themes of terminals do not change. */
const blackOnWhite = (text: string) => (coloured ? `\u001b[38;5;16m\u001b[48;5;231m${text}\u001b[0m` : text)

const qrLines = (text: string): ReadonlyArray<string> => {
  let lines: ReadonlyArray<string> = []
  QRCode.toString(text, { type: "utf8", margin: quiet, errorCorrectionLevel: "M" }, (_, drawn) => {
    lines = drawn.split("\n").map(blackOnWhite)
  })
  return lines
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
