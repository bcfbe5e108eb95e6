import { useState } from "preact/hooks"
import { Action } from "../parts/Action.tsx"
import { post } from "../state/bridge.ts"
import { place } from "../state/place.ts"
import { t } from "../text/language.ts"

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
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void enter()
        }}
      >
        <label>
          {t("password")}
          <input
            type="password"
            autoComplete="current-password"
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </label>
        <p class="quiet">{t("passwordHint")}</p>
        <Action kind="primary" act={enter}>
          {t("enter")}
        </Action>
      </form>
    </main>
  )
}
