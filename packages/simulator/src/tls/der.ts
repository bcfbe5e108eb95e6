import { Buffer } from "node:buffer"

/** The types of ASN.1 that a certificate needs, in DER (X.690). */
const lengthOf = (size: number): Buffer => {
  if (size < 0x80) return Buffer.from([size])
  const digits = size > 0xff ? [size >> 8, size & 0xff] : [size]
  return Buffer.from([0x80 | digits.length, ...digits])
}

const item = (tag: number, ...contents: ReadonlyArray<Buffer>): Buffer => {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content])
}

export const sequence = (...items: ReadonlyArray<Buffer>): Buffer => item(0x30, ...items)
export const set = (...items: ReadonlyArray<Buffer>): Buffer => item(0x31, ...items)
export const octets = (content: Buffer): Buffer => item(0x04, content)
export const utf8 = (text: string): Buffer => item(0x0c, Buffer.from(text))
export const yes = item(0x01, Buffer.from([0xff]))

/** A whole number above zero, most significant byte first. */
export const integer = (bytes: Buffer): Buffer =>
  item(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0), bytes)

/** Bits; the last `unused` of them do not count. */
export const bits = (content: Buffer, unused = 0): Buffer => item(0x03, Buffer.from([unused]), content)

/** `[number]` around an item that keeps its own tag. */
export const explicit = (number: number, content: Buffer): Buffer => item(0xa0 | number, content)

/** `[number]` instead of the tag of plain bytes. */
export const implicit = (number: number, content: Buffer): Buffer => item(0x80 | number, content)

const base128 = (value: number): ReadonlyArray<number> => {
  const digits = [value & 0x7f]
  for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 0x7f) | 0x80)
  return digits
}

export const objectId = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number)
  return item(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

/** `YYMMDDhhmmssZ`: good until 2049. */
export const utcTime = (at: Date): Buffer =>
  item(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`))
