/** A name as part of a key: lower-case letters, digits and hyphens, plus a hash if that loses something. */
export const ruleId = (name: string): string => {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
  const isLossless = /^[a-z0-9 ]+$/i.test(name)
  return isLossless ? plain : `${plain}${plain === "" ? "" : "-"}${shortHash(name)}`
}

/** FNV-1a, 32 bits: enough to distinguish the names of one household. */
export const shortHash = (text: string): string => {
  let value = 0x81_1c_9d_c5
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01_00_01_93)
  return (value >>> 0).toString(16).padStart(8, "0")
}
