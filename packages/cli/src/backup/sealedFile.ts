import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { open, rename, stat } from "node:fs/promises"
import { pipeline } from "node:stream/promises"

// A sealed backup is a header line, the salt, the nonce, the archive under AES-256-GCM, and the authentication tag.

const header = Buffer.from("withings-bridge backup 1\n")
const saltBytes = 16
const nonceBytes = 12
const tagBytes = 16
const start = header.length + saltBytes + nonceBytes

/** Slow on purpose: only the passphrase protects a stolen backup. */
const keyOf = (passphrase: string, salt: Buffer): Buffer =>
  scryptSync(passphrase, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 })

/** Encrypts the archive with the passphrase. An incomplete file never gets the name `path`. */
export const writeSealed = async (
  archive: AsyncIterable<Buffer>,
  path: string,
  passphrase: string,
): Promise<void> => {
  const salt = randomBytes(saltBytes)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv("aes-256-gcm", keyOf(passphrase, salt), nonce)
  const sealed = async function* (chunks: AsyncIterable<Buffer>) {
    yield Buffer.concat([header, salt, nonce])
    for await (const chunk of chunks) yield cipher.update(chunk)
    yield cipher.final()
    yield cipher.getAuthTag()
  }
  await pipeline(archive, sealed, createWriteStream(`${path}.part`, { mode: 0o600 }))
  await rename(`${path}.part`, path)
}

const bytesAt = async (path: string, from: number, length: number): Promise<Buffer> => {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, from)
    return buffer
  } finally {
    await file.close()
  }
}

export const isSealed = async (path: string): Promise<boolean> =>
  (await bytesAt(path, 0, header.length)).equals(header)

/** Decrypts a sealed file to `target`. Rejects when the passphrase is wrong or a byte was changed. */
export const readSealed = async (path: string, target: string, passphrase: string): Promise<void> => {
  const { size } = await stat(path)
  const secrets = await bytesAt(path, header.length, saltBytes + nonceBytes)
  const key = keyOf(passphrase, secrets.subarray(0, saltBytes))
  const decipher = createDecipheriv("aes-256-gcm", key, secrets.subarray(saltBytes))
  decipher.setAuthTag(await bytesAt(path, size - tagBytes, tagBytes))
  const archive = createReadStream(path, { start, end: size - tagBytes - 1 })
  await pipeline(archive, decipher, createWriteStream(target, { mode: 0o600 }))
}
