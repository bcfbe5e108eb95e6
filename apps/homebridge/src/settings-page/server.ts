import { HomebridgePluginUiServer, RequestError } from "@homebridge/plugin-ui-utils"
import { SettingsPage } from "./SettingsPage.ts"

/** The edge to Homebridge's settings dialog: lives while the dialog is open. */
class SettingsServer extends HomebridgePluginUiServer {
  constructor() {
    super()
    const page = new SettingsPage(this.homebridgeStoragePath ?? ".")
    const answer = (path: string, act: (body: Readonly<Record<string, unknown>>) => Promise<unknown>) =>
      this.onRequest(path, async (body: Readonly<Record<string, unknown>>) => {
        try {
          return await act(body)
        } catch (cause) {
          throw new RequestError(cause instanceof Error ? cause.message : String(cause), {})
        }
      })
    answer("/status", (body) => page.status(body["config"]))
    answer("/connect", (body) => page.connect(body["config"], String(body["name"] ?? "")))
    answer("/finish", (body) => page.finish(body["config"], String(body["landedOn"] ?? "")))
    answer("/sign-out", (body) => page.signOut(body["config"], String(body["id"] ?? "")))
    // The dialog was closed: what this process leads goes back to the plugin at once.
    process.once("SIGTERM", () => void page.close().finally(() => process.exit(0)))
    this.ready()
  }
}

export const server = new SettingsServer()
