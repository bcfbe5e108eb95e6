import { useState } from "preact/hooks"
import { Form } from "../parts/Form.tsx"
import { TextField } from "../parts/TextField.tsx"
import { restore } from "../state/bridge.ts"
import { t } from "../text/language.ts"

/** Puts a backup in place where nobody is signed in yet. */
export const Restore = () => {
  const [file, setFile] = useState<File | null>(null)
  const [passphrase, setPassphrase] = useState("")
  const act = async () => {
    if (file === null) throw new Error(t("missing", { fields: t("backupFile") }))
    await restore(file, passphrase)
    return t("restored")
  }
  return (
    <>
      <h3>{t("restore")}</h3>
      <p>{t("restoreHere")}</p>
      <Form act={act} submit={t("restore")}>
        <label>
          {t("backupFile")}
          <input type="file" onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)} />
        </label>
        <TextField
          label={t("restorePassphrase")}
          isSecret
          autoComplete="off"
          value={passphrase}
          change={setPassphrase}
        />
      </Form>
    </>
  )
}
