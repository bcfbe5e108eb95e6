import { FileSystem } from "@effect/platform"
import { Effect } from "effect"
import { randomBytes } from "node:crypto"
import { join } from "node:path"

/** The API key, readable by the owner of the home folder alone. It is never printed: a service's log is read by others. */
export const apiKeyFile = (home: string): string => join(home, "gladys", "api-key")

/** Makes a new key, which replaces the one there was. */
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
