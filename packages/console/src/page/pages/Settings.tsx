import { useState } from "preact/hooks"
import type { SettingsState } from "../../ConsoleState.ts"
import { Action } from "../parts/Action.tsx"
import { Card } from "../parts/Card.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import { SignIns } from "../parts/SignIns.tsx"
import { Units } from "../parts/Units.tsx"
import { post } from "../state/bridge.ts"
import { t } from "../text/language.ts"

const Keys = ({ settings }: { settings: SettingsState }) => {
  const [clientId, setClientId] = useState(settings.clientId ?? "")
  const [secret, setSecret] = useState("")
  const [callbackUrl, setCallbackUrl] = useState(settings.callbackUrl)
  const [profiles, setProfiles] = useState(settings.profiles.join(", "))
  const save = async () => {
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
    await post("settings", { clientId, clientSecret: secret.trim() || null, callbackUrl, profiles: names })
    setSecret("")
    return t("saved")
  }
  return (
    <Card title={t("keys")}>
      <p>{t("keysHint")}</p>
      <p>
        <code>{callbackUrl}</code>{" "}
        <Action
          act={async () => {
            await navigator.clipboard.writeText(callbackUrl)
            return t("copied")
          }}
        >
          {t("copy")}
        </Action>
      </p>
      <label>
        {t("clientId")}
        <input
          value={clientId}
          autoComplete="off"
          spellcheck={false}
          onInput={(e) => setClientId(e.currentTarget.value)}
        />
      </label>
      <label>
        {t("clientSecret")}
        <input
          type="password"
          autoComplete="off"
          value={secret}
          placeholder={settings.hasSecret ? t("secretKept") : ""}
          onInput={(e) => setSecret(e.currentTarget.value)}
        />
      </label>
      <label>
        {t("callbackUrl")}
        <input
          value={callbackUrl}
          spellcheck={false}
          onInput={(e) => setCallbackUrl(e.currentTarget.value)}
        />
      </label>
      <label>
        {t("profiles")}
        <input value={profiles} onInput={(e) => setProfiles(e.currentTarget.value)} />
      </label>
      <Action kind="primary" act={save}>
        {t("save")}
      </Action>
    </Card>
  )
}

export const Settings = ({ state }: PageProps) => (
  <div class="columns wide">
    <Keys settings={state.settings} />
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
