/** Homes that follow a hub, all in this process. Reports what each learned and when. */
import { Bridge, HouseholdFeed } from "@withings-bridge/core"
import { Effect, Layer, Redacted } from "effect"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { homeConfig } from "../../apps/hub/test/hubParts.ts"
import type { HomesToFollow, Told } from "./message.ts"

const tellsEvery = 200

const follow = (url: string, key: string, folder: string, heard: (told: Told) => void) => {
  let inBed = ""
  const following = Effect.flatMap(HouseholdFeed, (feed) =>
    feed.follow("bench", ({ household, measured }) =>
      Effect.sync(() => {
        const at = Date.now()
        for (const { descriptorId, group, kinds } of measured)
          if (kinds.includes("weight")) heard({ key, at, what: "weight", about: `${descriptorId} ${group}` })
        const beds = household.descriptors.flatMap(({ features }) =>
          features.filter((one) => one.key === "in-bed"),
        )
        const now = JSON.stringify(beds.map(({ reading }) => reading?.value ?? null))
        if (now !== inBed) heard({ key, at, what: "bed", about: now })
        inBed = now
        heard({ key, at, what: "household", about: "" })
      }),
    ),
  )
  return Effect.provide(
    following,
    Layer.fresh(Bridge.layer(homeConfig({ url, key: Redacted.make(key) }, folder))),
  )
}

process.once("message", (message) => {
  const { keys, url } = message as HomesToFollow
  const folder = mkdtempSync(join(tmpdir(), "hub-homes-"))
  let told: Array<Told> = []
  setInterval(() => {
    if (told.length > 0) process.send?.(told)
    told = []
  }, tellsEvery)
  for (const [index, key] of keys.entries())
    Effect.runFork(follow(url, key, join(folder, String(index)), (one) => void told.push(one)))
})
process.once("disconnect", () => process.exit())
