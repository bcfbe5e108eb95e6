import { useState } from "preact/hooks"
import type { SettingsState } from "../../ConsoleState.ts"
import { Action, Form } from "../parts/Action.tsx"
import { Card } from "../parts/Card.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import { SignIns } from "../parts/SignIns.tsx"
import { TextField } from "../parts/TextField.tsx"
import { Units } from "../parts/Units.tsx"
import { post, save } from "../state/bridge.ts"
import { texts } from "../text/language.ts"

const t = texts({
  hub: ["Hub", "Hub", "Hub"],
  followsHub: [
    "This household follows {hub}, which has the application at Withings.",
    "Ce foyer suit {hub}, qui a l’application chez Withings.",
    "Dieser Haushalt folgt {hub}, der die Anwendung bei Withings hat.",
  ],
  keys: ["Your Withings application", "Votre application Withings", "Ihre Withings-Anwendung"],
  keysHint: [
    "Create an application at developer.withings.com and register this callback URL there:",
    "Créez une application sur developer.withings.com et déclarez-y cette URL de rappel :",
    "Legen Sie auf developer.withings.com eine Anwendung an und tragen Sie dort diese Callback-URL ein:",
  ],
  clientId: ["Client id", "Client id", "Client-ID"],
  clientSecret: ["Client secret", "Client secret", "Client-Secret"],
  secretKept: [
    "A secret is stored. Leave empty to keep it.",
    "Un secret est gardé. Laissez vide pour le conserver.",
    "Ein Secret ist hinterlegt. Leer lassen, um es zu behalten.",
  ],
  callbackUrl: ["Callback URL", "URL de rappel", "Callback-URL"],
  copy: ["Copy", "Copier", "Kopieren"],
  copied: ["Copied", "Copié", "Kopiert"],
  profiles: [
    "Names of the persons, separated by commas",
    "Noms des personnes, séparés par des virgules",
    "Namen der Personen, durch Kommas getrennt",
  ],
  saved: [
    "Saved. Restart the apps that run elsewhere to use new keys.",
    "Enregistré. Redémarrez les applications qui tournent ailleurs pour utiliser de nouvelles clés.",
    "Gespeichert. Starten Sie Apps, die anderswo laufen, neu, damit neue Schlüssel gelten.",
  ],
  leave: ["Sign out of this browser", "Se déconnecter de ce navigateur", "Von diesem Browser abmelden"],
})

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
