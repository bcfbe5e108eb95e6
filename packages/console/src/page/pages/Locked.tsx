import { useState } from "preact/hooks"
import { Action } from "../parts/Action.tsx"
import { post } from "../state/bridge.ts"
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
