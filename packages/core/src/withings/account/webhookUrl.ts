import { Effect } from "effect"
import { randomBytes } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { shareWithGroup } from "../../HomeFolder.ts"
import { storeError, type StoreError } from "../../store/StoreError.ts"

/**
 * Withings does not sign its webhooks: only the secret in the address proves that they are genuine. It is kept over
 * restarts; delete the file to get a new one, and old subscriptions are replaced.
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

/** The path may have a prefix, which some proxies keep. */
export const isWebhookPath = (url: string, secret: string): boolean =>
  (url.split("?")[0] ?? "").endsWith(`/${secret}`)
