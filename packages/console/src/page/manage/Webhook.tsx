import { useState } from "preact/hooks"
import type { Sentence, SettingsState } from "../../ConsoleState.ts"
import { Action } from "../parts/Action.tsx"
import { Card } from "../parts/Card.tsx"
import { post } from "../state/bridge.ts"
import { said, t } from "../text/language.ts"

/** The public address, at which Withings calls when something is new: kept, and tried as Withings does. */
export const Webhook = ({ settings }: { settings: SettingsState }) => {
  const [address, setAddress] = useState(settings.webhookUrl ?? "")
  const test = async () => {
    const { trouble } = await post<{ trouble: Sentence | null }>("webhook/test", {})
    if (trouble !== null) throw new Error(t("webhookTrouble", { trouble: said(trouble) }))
    return t("webhookWorks")
  }
  return (
    <Card title={t("publicAddress")}>
      <p>{t("publicAddressHint")}</p>
      <label>
        {t("publicAddress")}
        <input
          type="url"
          value={address}
          placeholder="https://bridge.example"
          spellcheck={false}
          onInput={(event) => setAddress(event.currentTarget.value)}
        />
      </label>
      <Action
        kind="primary"
        act={async () => {
          await post("webhook", { address })
          return t("webhookSaved")
        }}
      >
        {t("save")}
      </Action>
      {settings.webhookUrl !== null && <Action act={test}>{t("webhookTest")}</Action>}
    </Card>
  )
}
