// The invitation of a hub, instead of a Withings application of one's own.
import { at, element, fill, toggle } from "./dom.js"

/**
 * @param texts the page's texts in the language of the UI
 * @param accept takes what was pasted
 * @param leave goes back to an application of one's own
 */
export const invitationCard = (texts, { accept, leave }) => {
  at("use-invitation").addEventListener("click", async () => {
    at("use-invitation").disabled = true
    await accept(at("invitation").value).finally(() => {
      at("use-invitation").disabled = false
    })
  })
  at("leave-hub").addEventListener("click", leave)

  return (hub) => {
    const url = hub?.url ?? ""
    toggle("application-card", url === "")
    toggle("accept-invitation", url === "")
    toggle("following", url !== "")
    fill(at("follows"), texts.follows, { hub: element("code", "", url) })
  }
}
