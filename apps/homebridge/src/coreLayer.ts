import { join } from "node:path"
import { dataSource, Bridge, BridgeConfig } from "@withings-bridge/core"
import { Data, Effect, Layer } from "effect"
import type { Settings } from "./settings.ts"

export class NotSetUp extends Data.TaggedError("NotSetUp")<{ readonly home: string }> {
  override get message() {
    return (
      "Not set up yet: enter the client ID and secret of your Withings application, or the invitation of a hub, in the " +
      `settings of this plugin, or put them into ${join(this.home, "config.yaml")}.`
    )
  }
}

/** The core's configuration: Homebridge's config.json first, then the home folder. */
export const loadConfig = (settings: Settings, storagePath: string, makeHome = true) =>
  BridgeConfig.loadWith({
    makeHome,
    // A verified plugin keeps its files in Homebridge's folder, unless the user chooses a shared one.
    home: settings.home ?? process.env["WITHINGS_BRIDGE_HOME"] ?? join(storagePath, "withings"),
    settingsName: "Homebridge's config.json",
    rules: settings.rules,
    settings: {
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
      callback_url: settings.callbackUrl,
      profiles: settings.people.length > 0 ? settings.people : null,
      account_url: settings.accountUrl,
      api_url: settings.apiUrl,
      values: settings.values === "none" || settings.values === "shared" ? null : settings.values,
      bed_unknown: settings.bedUnknown === "shared" ? null : settings.bedUnknown,
      poll_every: settings.pollMinutes === undefined ? null : settings.pollMinutes * 60,
      hub: { url: settings["hub.url"], key: settings["hub.key"] },
      webhook: {
        public_url: settings["webhook.publicUrl"],
        host: settings["webhook.host"],
        port: settings["webhook.port"],
      },
    },
  })

export const coreLayer = (settings: Settings, storagePath: string) =>
  loadConfig(settings, storagePath).pipe(
    Effect.flatMap((config) =>
      dataSource(config) === null ? Effect.fail(new NotSetUp({ home: config.home })) : Effect.succeed(config),
    ),
    Effect.map(Bridge.layer),
    Layer.unwrapEffect,
  )
