import { Option, Schema } from "effect"
import { readFile } from "node:fs/promises"
import { homedir } from "node:os"
import { dirname, join, resolve } from "node:path"

/** What Homebridge stores about a bridge that it publishes. */
const Accessory = Schema.parseJson(
  Schema.Struct({
    pincode: Schema.String,
    setupID: Schema.String,
    pairedClients: Schema.Record({ key: Schema.String, value: Schema.Unknown }),
  }),
)
export type HomebridgeAccessory = typeof Accessory.Type

const Config = Schema.parseJson(
  Schema.Struct({
    bridge: Schema.Struct({ username: Schema.String }),
    platforms: Schema.optionalWith(
      Schema.Array(Schema.Record({ key: Schema.String, value: Schema.Unknown })),
      { default: () => [] },
    ),
  }),
)

const ChildBridge = Schema.Struct({ username: Schema.String })

const read = async <A>(schema: Schema.Schema<A, string>, file: string): Promise<A | null> => {
  try {
    return Option.getOrNull(Schema.decodeOption(schema)(await readFile(file, "utf8")))
  } catch {
    return null
  }
}

/** Possible storage folders of Homebridge: the demo's, the parent of the plugin's folder, and the usual ones. */
const storages = (home: string) => [
  join(home, "homebridge"),
  dirname(home),
  join(homedir(), ".homebridge"),
  "/var/lib/homebridge",
  "/homebridge",
]

/** The bridge in a storage folder whose plugin shows this household. */
const accessoryIn = async (storage: string, home: string): Promise<HomebridgeAccessory | null> => {
  const config = await read(Config, join(storage, "config.json"))
  const ours = config?.platforms.find(
    (block) =>
      block["platform"] === "Withings" &&
      resolve(typeof block["home"] === "string" ? block["home"] : join(storage, "withings")) === home,
  )
  if (config === null || ours === undefined) return null
  const child = Schema.decodeUnknownOption(ChildBridge)(ours["_bridge"])
  const { username } = Option.getOrElse(child, () => config.bridge)
  return read(
    Accessory,
    join(storage, "persist", `AccessoryInfo.${username.replaceAll(":", "").toUpperCase()}.json`),
  )
}

/** The bridge that shows this household to Apple Home; null unless Homebridge runs here with readable files. */
export const homebridgeAccessory = async (home: string): Promise<HomebridgeAccessory | null> => {
  const found = await Promise.all(storages(home).map((storage) => accessoryIn(storage, resolve(home))))
  return found.find((accessory) => accessory !== null) ?? null
}
