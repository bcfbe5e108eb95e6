import { HomebridgePluginUiServer, RequestError } from "@homebridge/plugin-ui-utils"
import { Turns, PersonId } from "@withings-bridge/core"
import { toPageLanguage } from "../pageLanguage.ts"
import { hubOfInvitation } from "./invitation.ts"
import { type Asked, SettingsPage } from "./SettingsPage.ts"

type Body = Readonly<Record<string, unknown>>

const idIn = (body: Body) => PersonId(String(body["id"] ?? ""))

/** A sign-in in another process, or the progress of a first history, is seen so often. */
const looksEvery = 2000

/** The edge to Homebridge's settings dialog: lives while the dialog is open. */
class SettingsServer extends HomebridgePluginUiServer {
  /** A core is not replaced while it works for another question. */
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
    this.#keepTelling(page)
    // The dialog may go away while something is written to it (EPIPE): then the end below comes anyway.
    process.on("error", () => {})
    // The dialog was closed: what this process leads goes back to the plugin at once.
    process.once("SIGTERM", () => void page.close().finally(() => process.exit(0)))
    this.ready()
  }

  /** What cannot be read now is said when the page asks; here it is only tried again. */
  #keepTelling(page: SettingsPage) {
    const look = () =>
      void this.#turns
        .take(() => page.tellChange())
        .catch(() => {})
        .finally(() => setTimeout(look, looksEvery).unref())
    setTimeout(look, looksEvery).unref()
  }
}

export const server = new SettingsServer()
