import { useState } from "preact/hooks"
import { Action } from "../parts/Action.tsx"
import { upload } from "../state/bridge.ts"
import { t } from "../text/language.ts"

/** Puts a backup in place where nobody is signed in yet. */
export const Restore = () => {
  const [file, setFile] = useState<File | null>(null)
  const [passphrase, setPassphrase] = useState("")
  return (
    <>
      <h3>{t("restore")}</h3>
      <p>{t("restoreHere")}</p>
      <label>
        {t("backupFile")}
        <input type="file" onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)} />
      </label>
      <label>
        {t("restorePassphrase")}
        <input
          type="password"
          autoComplete="off"
          value={passphrase}
          onInput={(event) => setPassphrase(event.currentTarget.value)}
        />
      </label>
      <Action
        kind="primary"
        act={async () => {
          if (file === null) throw new Error(t("missing", { fields: t("backupFile") }))
          await upload("restore", file, passphrase)
          return t("restored")
        }}
      >
        {t("restore")}
      </Action>
    </>
  )
}
