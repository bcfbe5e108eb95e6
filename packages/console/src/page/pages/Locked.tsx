import { useState } from "preact/hooks"
import { Form } from "../parts/Action.tsx"
import { TextField } from "../parts/TextField.tsx"
import { post } from "../state/bridge.ts"
import { place } from "../state/place.ts"
import { texts } from "../text/language.ts"

const t = texts({
  password: ["Password", "Mot de passe", "Passwort"],
  passwordHint: [
    "On the machine of the bridge, `withings-bridge console` opens this page without a password, and `withings-bridge console --new-password` makes a new one.",
    "Sur la machine du pont, `withings-bridge console` ouvre cette page sans mot de passe, et `withings-bridge console --new-password` en crée un nouveau.",
    "Auf dem Rechner der Brücke öffnet `withings-bridge console` diese Seite ohne Passwort, und `withings-bridge console --new-password` macht ein neues.",
  ],
  linkUsed: [
    "This link has been used, or is too old. `withings-bridge console` prints a new one; so does `npm start` in a clone.",
    "Ce lien a déjà servi, ou il est trop ancien. `withings-bridge console` en donne un nouveau ; dans un clone, `npm start` aussi.",
    "Dieser Link wurde schon benutzt oder ist zu alt. `withings-bridge console` gibt Ihnen einen neuen, in einem Klon auch `npm start`.",
  ],
  enter: ["Enter", "Entrer", "Eintreten"],
})

export const Locked = () => {
  const [password, setPassword] = useState("")
  const enter = async () => {
    await post("session", { password })
    location.reload()
  }
  return (
    <main class="locked">
      <h1>Withings Bridge</h1>
      {place.get().parts[0] === "link-used" && <p role="alert">{t("linkUsed")}</p>}
      <Form act={enter} submit={t("enter")}>
        <TextField
          label={t("password")}
          isSecret
          autoComplete="current-password"
          value={password}
          change={setPassword}
        />
        <p class="quiet">{t("passwordHint")}</p>
      </Form>
    </main>
  )
}
