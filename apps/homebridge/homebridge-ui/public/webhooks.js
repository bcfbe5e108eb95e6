// The public address for webhooks: whether Withings would take it, and whether it answers.
import { at, element, fill, toggle } from "./dom.js"

/**
 * @param texts the page's texts in the language of the UI
 * @param tryIt asks the address, and answers what is wrong with it or null
 */
export const webhookCard = (texts, tryIt) => {
  let shown = null

  at("try-webhook").addEventListener("click", async () => {
    at("try-webhook").disabled = true
    const trouble = await tryIt().finally(() => {
      at("try-webhook").disabled = false
    })
    if (trouble === undefined) return
    at("webhook-answer").textContent =
      trouble === null ? texts.webhookAnswers : texts.webhookTrouble.replace("{trouble}", trouble)
  })

  return (webhook) => {
    toggle("webhook-card", webhook !== null)
    if (webhook === null) return
    // What another address answered is not for this one.
    if (shown !== webhook.publicUrl) at("webhook-answer").textContent = ""
    shown = webhook.publicUrl
    const isRefused = webhook.refused !== null
    toggle("try-webhook", !isRefused)
    fill(at("webhook"), isRefused ? texts.webhookRefused : texts.webhookAt, {
      url: element("code", "", webhook.publicUrl),
      reason: webhook.refused ?? "",
    })
  }
}
