import { useState } from "preact/hooks"
import { Card } from "../parts/Card.tsx"
import { Form } from "../parts/Form.tsx"
import { TextField } from "../parts/TextField.tsx"
import { download } from "../state/bridge.ts"
import { t } from "../text/language.ts"
import { Restore } from "./Restore.tsx"

const shortest = 8

/** An encrypted copy of the household, into the browser's downloads. */
export const Backup = ({ isEmpty }: { readonly isEmpty: boolean }) => {
  const [passphrase, setPassphrase] = useState("")
  const [withSignIns, setWithSignIns] = useState(false)
  const backUp = async () => {
    if (passphrase.length < shortest) throw new Error(t("passphraseShort", { count: shortest }))
    await download("backup", { passphrase, withSignIns }, "withings-bridge.backup")
    return t("backupDone")
  }
  return (
    <Card title={t("backup")}>
      <p>{t("backupHint")}</p>
      <Form act={backUp} submit={t("backUpNow")}>
        <TextField
          label={t("passphrase")}
          isSecret
          autoComplete="new-password"
          value={passphrase}
          change={setPassphrase}
        />
        <label class="switch">
          <input
            type="checkbox"
            role="switch"
            checked={withSignIns}
            onChange={(event) => setWithSignIns(event.currentTarget.checked)}
          />
          <span>{t("withSignIns")}</span>
        </label>
      </Form>
      {isEmpty ? (
        <Restore />
      ) : (
        <>
          <p class="quiet">{t("restoreHint")}</p>
          <code>withings-bridge restore withings-bridge.backup</code>
        </>
      )}
    </Card>
  )
}
