import { FileSystem } from "@effect/platform"
import { Effect } from "effect"
import { randomBytes } from "node:crypto"
import { join } from "node:path"

/** The file of the API key, which only its owner may read. The key is never printed: others read a service's log. */
export const apiKeyFile = (home: string): string => join(home, "gladys", "api-key")

/** Makes a new key, which replaces the old one. */
export const newApiKey = (home: string) =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    yield* files.makeDirectory(join(home, "gladys"), { recursive: true })
    const key = randomBytes(32).toString("base64url")
    yield* files.writeFileString(apiKeyFile(home), `${key}\n`, { mode: 0o600 })
    return key
  })

/** The key, made at the first start. */
export const readApiKey = (home: string) =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    const exists = yield* files.exists(apiKeyFile(home))
    return exists ? (yield* files.readFileString(apiKeyFile(home))).trim() : yield* newApiKey(home)
  })
