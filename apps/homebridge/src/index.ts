import type { API } from "homebridge"
import { platformName, pluginName } from "./accessory.ts"
import { WithingsPlatform } from "./WithingsPlatform.ts"

export default (api: API): void => {
  api.registerPlatform(pluginName, platformName, WithingsPlatform)
}
