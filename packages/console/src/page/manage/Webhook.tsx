import { useState } from "preact/hooks"
import type { Sentence, SettingsState } from "../../ConsoleState.ts"
import { Action, Form } from "../parts/Action.tsx"
import { Card } from "../parts/Card.tsx"
import { TextField } from "../parts/TextField.tsx"
import { post, save } from "../state/bridge.ts"
import { said, texts } from "../text/language.ts"

const t = texts({
  publicAddress: ["Public address", "Adresse publique", "Öffentliche Adresse"],
  publicAddressHint: [
    "Withings calls it when something is new. Only live presence in bed needs it; everything else is asked for regularly. docs/webhooks.md shows ways to get one.",
    "Withings l’appelle quand il y a du nouveau. Seule la présence au lit en direct en a besoin ; le reste est demandé régulièrement. docs/webhooks.md montre comment en obtenir une.",
    "Withings ruft sie auf, wenn es Neues gibt. Nur die Anwesenheit im Bett braucht sie; alles andere wird regelmäßig abgefragt. docs/webhooks.md zeigt, wie Sie eine bekommen.",
  ],
  webhookSaved: [
    "Saved. Restart the apps that run elsewhere; then test it.",
    "Enregistré. Redémarrez les applications qui tournent ailleurs, puis testez.",
    "Gespeichert. Starten Sie Apps, die anderswo laufen, neu; dann testen Sie.",
  ],
  webhookTest: ["Test this address", "Tester comme le fait Withings", "Testen, wie Withings es tut"],
  webhookWorks: ["It works.", "Elle répond comme il faut.", "Sie antwortet, wie sie soll."],
  webhookTrouble: [
    "It does not work: {trouble}.",
    "Elle ne marche pas : {trouble}.",
    "Sie funktioniert nicht: {trouble}.",
  ],
})

const test = async () => {
  const { trouble } = await post<{ trouble: Sentence | null }>("webhook/test", {})
  if (trouble !== null) throw new Error(t("webhookTrouble", { trouble: said(trouble) }))
  return t("webhookWorks")
}

/** Saves and tests the public address that Withings calls when there is new data. */
export const Webhook = ({ settings }: { settings: SettingsState }) => {
  const [address, setAddress] = useState(settings.webhookUrl ?? "")
  const keep = async () => {
    await save("webhook", { address })
    return t("webhookSaved")
  }
  return (
    <Card title={t("publicAddress")}>
      <p>{t("publicAddressHint")}</p>
      <Form act={keep} submit={t("save")}>
        <TextField
          label={t("publicAddress")}
          value={address}
          placeholder="https://bridge.example"
          change={setAddress}
        />
      </Form>
      {settings.webhookUrl !== null && <Action act={test}>{t("webhookTest")}</Action>}
    </Card>
  )
}
