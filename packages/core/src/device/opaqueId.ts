const offsetBasis = 0x6c62272e07bb014262b821756295c58dn
const prime = 0x0000000001000000000000000000013bn

/** FNV-1a of 128 bits over UTF-8, written from its public definition (Fowler, Noll, Vo). */
export const fnv1a128 = (text: string): bigint => {
  let hash = offsetBasis
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * prime)
  return hash
}

/**
 * A stable name of 24 hexadecimal digits for a list of texts: 96 bits, folded as FNV's authors advise. FNV keeps no
 * secret. The ids of persons that go in do: they are keyed with the secret of the home folder (TokenSeal.personId).
 */
export const opaqueId = (...parts: ReadonlyArray<string>): string => {
  // JSON keeps ["a", "bc"] and ["ab", "c"] apart.
  const hash = fnv1a128(JSON.stringify(parts))
  return BigInt.asUintN(96, hash ^ (hash >> 96n))
    .toString(16)
    .padStart(24, "0")
}
