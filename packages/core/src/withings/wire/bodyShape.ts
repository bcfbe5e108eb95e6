/** The nesting of a JSON text as its bytes arrive, so that it can be refused before it is parsed. */
export interface BodyShape {
  /** Brackets open now. */
  readonly depth: number
  readonly deepest: number
  /** Lists and objects so far. */
  readonly opened: number
  readonly inText: boolean
  readonly escaped: boolean
}

export const noBody: BodyShape = { depth: 0, deepest: 0, opened: 0, inText: false, escaped: false }

const quote = 0x22
const backslash = 0x5c
/** [ and { differ in one bit, as do ] and }; with it set, one comparison finds both. */
const opening = 0x7b
const closing = 0x7d
const curly = 0x20

/** The shape after the next bytes, wherever the network cut them. */
export const seeMore = (seen: BodyShape, bytes: Uint8Array): BodyShape => {
  let { deepest, depth, escaped, inText, opened } = seen
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (inText) {
      if (escaped) escaped = false
      else if (byte === backslash) escaped = true
      else if (byte === quote) inText = false
    } else if (byte === quote) inText = true
    else if ((byte | curly) === opening) {
      opened++
      if (++depth > deepest) deepest = depth
    } else if ((byte | curly) === closing) depth--
  }
  return { depth, deepest, opened, inText, escaped }
}

/** The deepest answer of the API's document has eight levels. */
const deepestBody = 50
/** The largest page known has about twenty thousand. */
const mostOpened = 500_000

/** What is wrong, or null. Parsing megabytes of brackets would block the process for seconds. */
export const misshapen = ({ deepest, opened }: BodyShape): string | null => {
  if (deepest > deepestBody) return `it is nested deeper than ${deepestBody} levels`
  return opened > mostOpened ? `it has more than ${mostOpened} lists and objects` : null
}
