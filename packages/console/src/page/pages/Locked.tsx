import { useState } from "preact/hooks"
import { Form } from "../parts/Form.tsx"
import { TextField } from "../parts/TextField.tsx"
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
