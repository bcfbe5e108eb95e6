/**
 * A stable hash of `digits` hexadecimal digits (FNV-1a, 64 bits a block), for ids that do not show what they are made
 * from. A household has a few dozen, too few for collisions.
 */
export const opaque = (text: string, digits: number): string => {
  let hex = ""
  for (let block = 0; hex.length < digits; block++)
    hex += fnv1a(`${block}/${text}`).toString(16).padStart(16, "0")
  return hex.slice(0, digits)
}

const fnv1a = (text: string) => {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text))
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn
  return hash
}
