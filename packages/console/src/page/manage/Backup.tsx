import { useState } from "preact/hooks"
import { Action } from "../parts/Action.tsx"
import { Card } from "../parts/Card.tsx"
import { download } from "../state/bridge.ts"
import { Restore } from "./Restore.tsx"
import { t } from "../text/language.ts"

const shortest = 8

/** An encrypted copy of the household, into the browser's downloads. */
export const Backup = ({ isEmpty }: { readonly isEmpty: boolean }) => {
  const [passphrase, setPassphrase] = useState("")
  const [withSignIns, setWithSignIns] = useState(false)
  return (
    <Card title={t("backup")}>
      <p>{t("backupHint")}</p>
      <label>
        {t("passphrase")}
        <input
          type="password"
          autoComplete="new-password"
          value={passphrase}
          onInput={(event) => setPassphrase(event.currentTarget.value)}
        />
      </label>
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={withSignIns}
          onChange={(event) => setWithSignIns(event.currentTarget.checked)}
        />
        <span>{t("withSignIns")}</span>
      </label>
      <p>
        <Action
          kind="primary"
          act={async () => {
            if (passphrase.length < shortest) throw new Error(t("passphraseShort", { count: shortest }))
            await download("backup", { passphrase, withSignIns }, "withings-bridge.backup")
            return t("backupDone")
          }}
        >
          {t("backUpNow")}
        </Action>
      </p>
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
