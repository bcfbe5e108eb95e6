import { useState } from "preact/hooks"
import type { Sentence, SettingsState } from "../../ConsoleState.ts"
import { Action } from "../parts/Action.tsx"
import { Card } from "../parts/Card.tsx"
import { Form } from "../parts/Form.tsx"
import { TextField } from "../parts/TextField.tsx"
import { post, save } from "../state/bridge.ts"
import { said, t } from "../text/language.ts"

const test = async () => {
  const { trouble } = await post<{ trouble: Sentence | null }>("webhook/test", {})
  if (trouble !== null) throw new Error(t("webhookTrouble", { trouble: said(trouble) }))
  return t("webhookWorks")
}

/** The public address, at which Withings calls when something is new: kept, and tried as Withings does. */
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
