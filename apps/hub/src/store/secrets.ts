import { createHash, randomBytes } from "node:crypto"

/** A new secret; the hub keeps only its hash. */
export const newSecret = (): string => randomBytes(24).toString("base64url")

export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex")
