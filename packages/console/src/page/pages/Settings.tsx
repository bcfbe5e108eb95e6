import { useState } from "preact/hooks"
import type { SettingsState } from "../../ConsoleState.ts"
import { Action } from "../parts/Action.tsx"
import { Card } from "../parts/Card.tsx"
import { Form } from "../parts/Form.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import { SignIns } from "../parts/SignIns.tsx"
import { TextField } from "../parts/TextField.tsx"
import { Units } from "../parts/Units.tsx"
import { post, save } from "../state/bridge.ts"
import { t } from "../text/language.ts"

const Keys = ({ settings }: { settings: SettingsState }) => {
  const [clientId, setClientId] = useState(settings.clientId ?? "")
  const [secret, setSecret] = useState("")
  const [callbackUrl, setCallbackUrl] = useState(settings.callbackUrl)
  const [profiles, setProfiles] = useState(settings.profiles.join(", "))
  const keep = async () => {
    const missing = [
      clientId.trim() === "" && t("clientId"),
      secret.trim() === "" && !settings.hasSecret && t("clientSecret"),
      callbackUrl.trim() === "" && t("callbackUrl"),
    ].filter((field) => field !== false)
    if (missing.length > 0) throw new Error(t("missing", { fields: missing.join(", ") }))
    const names = profiles
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean)
    await save("settings", { clientId, clientSecret: secret.trim() || null, callbackUrl, profiles: names })
    setSecret("")
    return t("saved")
  }
  return (
    <Card title={t("keys")}>
      <p>{t("keysHint")}</p>
      <p>
        <code>{callbackUrl}</code> <Action act={() => copy(callbackUrl)}>{t("copy")}</Action>
      </p>
      <Form act={keep} submit={t("save")}>
        <TextField label={t("clientId")} autoComplete="off" value={clientId} change={setClientId} />
        <TextField
          label={t("clientSecret")}
          isSecret
          autoComplete="off"
          value={secret}
          placeholder={settings.hasSecret ? t("secretKept") : ""}
          change={setSecret}
        />
        <TextField label={t("callbackUrl")} value={callbackUrl} change={setCallbackUrl} />
        <TextField label={t("profiles")} value={profiles} change={setProfiles} />
      </Form>
    </Card>
  )
}

const copy = async (text: string) => {
  await navigator.clipboard.writeText(text)
  return t("copied")
}

export const Settings = ({ state }: PageProps) => (
  <div class="columns wide">
    {state.settings.hubUrl === null ? (
      <Keys settings={state.settings} />
    ) : (
      <Card title={t("hub")}>
        <p>{t("followsHub", { hub: state.settings.hubUrl })}</p>
      </Card>
    )}
    <SignIns state={state} />
    <Units />
    <Action
      act={async () => {
        await post("session/end", { everywhere: false })
        location.reload()
      }}
    >
      {t("leave")}
    </Action>
  </div>
)
