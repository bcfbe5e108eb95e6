import { HomebridgePluginUiServer, RequestError } from "@homebridge/plugin-ui-utils"
import { Turns, PersonId } from "@withings-bridge/core"
import { toPageLanguage } from "../pageLanguage.ts"
import { hubOfInvitation } from "./invitation.ts"
import { type Asked, SettingsPage } from "./SettingsPage.ts"

type Body = Readonly<Record<string, unknown>>

const idIn = (body: Body) => PersonId(String(body["id"] ?? ""))

/** Milliseconds between two looks for a sign-in in another process, or progress of a first history. */
const looksEvery = 2000

/** The edge to Homebridge's settings dialog: lives while the dialog is open. */
class SettingsServer extends HomebridgePluginUiServer {
  /** A core must not be replaced while it answers another request. */
  readonly #turns = new Turns()

  constructor() {
    super()
    const page = new SettingsPage(this.homebridgeStoragePath ?? ".", (event, data) => {
      if (process.connected) this.pushEvent(event, data)
    })
    const answer = (path: string, act: (asked: Asked, body: Body) => Promise<unknown>) =>
      this.onRequest(path, async (body: Body) => {
        try {
          const asked = { config: body["config"], language: toPageLanguage(body["language"]) }
          return await this.#turns.take(() => act(asked, body))
        } catch (cause) {
          throw new RequestError(cause instanceof Error ? cause.message : String(cause), {})
        }
      })
    answer("/status", (asked) => page.status(asked))
    answer("/connect", (asked, body) => page.connect(asked, String(body["name"] ?? "")))
    answer("/finish", (asked, body) => page.finish(asked, String(body["landedOn"] ?? "")))
    answer("/webhook", (asked) => page.tryWebhook(asked))
    answer("/invitation", ({ language }, body) => hubOfInvitation(String(body["pasted"] ?? ""), language))
    answer("/sign-out", (asked, body) => page.signOut(asked, idIn(body)))
    answer("/remove", (asked, body) =>
      page.remove(asked, idIn(body), body["history"] === "delete" ? "delete" : "keep"),
    )
    this.#keepPushing(page)
    // The dialog may close while something is written to it (EPIPE); SIGTERM follows.
    process.on("error", () => {})
    // The dialog was closed: hand the leases back to the plugin.
    process.once("SIGTERM", () => void page.close().finally(() => process.exit(0)))
    this.ready()
  }

  /** Failures are shown when the page asks; here they are only tried again. */
  #keepPushing(page: SettingsPage) {
    const look = () =>
      void this.#turns
        .take(() => page.pushChange())
        .catch(() => {})
        .finally(() => setTimeout(look, looksEvery).unref())
    setTimeout(look, looksEvery).unref()
  }
}

export const server = new SettingsServer()
