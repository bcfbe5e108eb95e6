import process from "node:process"

/**
 * Colours only when standard output and standard error are terminals, and NO_COLOR is not set (https://no-color.org).
 */
export const coloured =
  process.stdout.isTTY === true &&
  process.stderr.isTTY === true &&
  !process.env["NO_COLOR"] &&
  process.env["TERM"] !== "dumb"

const paint = (open: number, close: number) => (text: string) =>
  coloured ? `\u001b[${open}m${text}\u001b[${close}m` : text

export const bold = paint(1, 22)
export const dim = paint(2, 22)
export const red = paint(31, 39)
export const green = paint(32, 39)
export const yellow = paint(33, 39)
export const cyan = paint(36, 39)

export const isTerminal = process.stdout.isTTY === true

const escapeSequence = new RegExp(String.raw`\u001b\[[0-9;]*m`, "gu")

export const withoutColour = (text: string) => text.replaceAll(escapeSequence, "")

/** Cut to the terminal's width, without colours; unchanged in a record. */
export const fitted = (line: string, spare = 0): string => {
  const columns = (process.stdout.columns ?? Number.POSITIVE_INFINITY) - spare
  const plain = withoutColour(line)
  return isTerminal && plain.length > columns ? `${plain.slice(0, columns - 1)}…` : line
}

/** Breaks lines between words. */
export const wrap = (text: string, width = 78, indent = ""): string => {
  const lines: Array<string> = []
  let line = ""
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width - indent.length) {
      lines.push(line)
      line = word
    } else line = line === "" ? word : `${line} ${word}`
  }
  return [...lines, line].map((each) => indent + each).join("\n")
}
