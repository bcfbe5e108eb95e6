/**
 * A stable name that does not show what it was made from: `digits` hexadecimal digits. Matter asks for unique ids
 * that cannot be traced back; collisions do not matter among a household's few dozen (FNV-1a, 64 bits a block).
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
