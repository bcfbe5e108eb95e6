import { Effect } from "effect"
import { randomBytes } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { shareWithGroup } from "../../HomeFolder.ts"
import { storeError, type StoreError } from "../../store/StoreError.ts"

/**
 * Withings does not sign its webhooks: that nobody else can guess the address is all the proof there is. The secret
 * stays the same over restarts; who wants another one deletes the file, and old subscriptions are replaced.
 */
export const webhookSecret = (home: string): Effect.Effect<string, StoreError> =>
  Effect.try(() => {
    const file = join(home, "webhook-secret")
    try {
      writeFileSync(file, randomBytes(24).toString("hex"), { flag: "wx", mode: 0o600 })
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
    }
    shareWithGroup(file)
    return readFileSync(file, "utf8").trim()
  }).pipe(storeError("keep the secret of the webhook address"))

export const webhookUrl = (publicUrl: string, secret: string): string =>
  `${publicUrl.replace(/\/+$/, "")}/${secret}`

/** A proxy may or may not hand on the path before it. */
export const isWebhookPath = (url: string, secret: string): boolean =>
  (url.split("?")[0] ?? "").endsWith(`/${secret}`)
