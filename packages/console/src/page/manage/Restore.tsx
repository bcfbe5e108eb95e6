import { useState } from "preact/hooks"
import { Form } from "../parts/Action.tsx"
import { TextField } from "../parts/TextField.tsx"
import { restore } from "../state/bridge.ts"
import { texts } from "../text/language.ts"

const t = texts({
  restore: ["Restore", "Restaurer", "Wiederherstellen"],
  restoreHere: [
    "Nobody is signed in here yet, so you can restore a backup of another installation. Stop that one for good first.",
    "Personne n’est encore connecté ici : la sauvegarde d’une autre installation peut prendre place. Arrêtez d’abord celle-ci pour de bon.",
    "Hier ist noch niemand angemeldet: Die Sicherung einer anderen Installation kann ihren Platz einnehmen. Beenden Sie jene zuerst endgültig.",
  ],
  backupFile: ["Backup file", "Fichier de sauvegarde", "Sicherungsdatei"],
  restorePassphrase: [
    "Passphrase of the backup",
    "Phrase secrète de la sauvegarde",
    "Passphrase der Sicherung",
  ],
  restored: [
    "Restored. The bridge starts again; restart apps that run elsewhere.",
    "Restaurée. La passerelle redémarre ; relancez les applications qui tournent ailleurs.",
    "Wiederhergestellt. Die Brücke startet neu; starten Sie Apps neu, die anderswo laufen.",
  ],
})

/** Restores a backup; offered only while nobody is signed in. */
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
