import { readFileSync } from "node:fs"

/** The version of this app, as in its package.json: "1.4.2". */
export const release: string = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
).version

/**
 * Matter's SoftwareVersion: a uint32 that grows with every release. 1.4.2 is 1_004_002. At least 1, since matter.js
 * takes 0 for a version that was left out.
 */
export const softwareVersionOf = (release: string): number => {
  const [major = 0, minor = 0, patch = 0] = release.split(/[.+-]/).map(Number)
  const version = major * 1_000_000 + minor * 1_000 + patch
  return Number.isSafeInteger(version) && version > 0 ? version : 1
}
