import { readIfThere, writeWhole } from "@withings-bridge/core"
import { createHmac, randomBytes } from "node:crypto"
import { join } from "node:path"
import { opaque } from "./opaque.ts"

/**
 * UniqueID and SerialNumber, made of a stable name ("node", an endpoint's id). They stay the same until a factory reset
 * (core specification 9.13.5.3, UniqueID). They are keyed, so that a Withings account cannot be guessed from them.
 */
export interface EndpointIds {
  readonly uniqueId: (name: string) => string
  readonly serialNumber: (name: string) => string
}

/** null: this folder has no salt yet. A damaged salt is replaced, since ids without one could be traced back. */
export const readEndpointIds = (folder: string): EndpointIds | null => {
  const salt = readIfThere(saltFile(folder))
  if (salt === null) return null
  return salt.length < saltLength ? renewEndpointIds(folder) : salted(salt)
}

/** New ids: to every controller the endpoints are new ones. */
export const renewEndpointIds = (folder: string): EndpointIds => {
  const salt = randomBytes(32).toString("base64")
  writeWhole(saltFile(folder), salt)
  return salted(salt)
}

/** The ids of earlier versions. A bridge that was paired with one keeps them until its next factory reset. */
export const unsaltedEndpointIds: EndpointIds = {
  uniqueId: (name) => opaque(`unique/${name}`, 32),
  serialNumber: (name) => opaque(`serial/${name}`, 16),
}

const salted = (salt: string): EndpointIds => {
  const digits = (use: string, count: number) => (name: string) =>
    createHmac("sha256", salt).update(`${use}/${name}`).digest("hex").slice(0, count)
  return { uniqueId: digits("unique", 32), serialNumber: digits("serial", 16) }
}

/** 32 bytes in base64. */
const saltLength = 44

const saltFile = (folder: string) => join(folder, "salt")
