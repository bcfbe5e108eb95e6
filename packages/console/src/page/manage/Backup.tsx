import { useState } from "preact/hooks"
import { Card } from "../parts/Card.tsx"
import { Form } from "../parts/Action.tsx"
import { TextField } from "../parts/TextField.tsx"
import { download } from "../state/bridge.ts"
import { texts } from "../text/language.ts"
import { Restore } from "./Restore.tsx"

const t = texts({
  backup: ["Backup", "Sauvegarde", "Sicherung"],
  backupHint: [
    "One encrypted file with everything of the household. Keep the passphrase: nobody can open the file without it.",
    "Un seul fichier chiffré avec tout le foyer. Gardez la phrase secrète : sans elle, personne n’ouvre le fichier.",
    "Eine verschlüsselte Datei mit dem ganzen Haushalt. Bewahren Sie die Passphrase auf: Ohne sie öffnet niemand die Datei.",
  ],
  passphrase: ["Passphrase", "Phrase secrète", "Passphrase"],
  passphraseShort: [
    "At least {count} characters.",
    "Au moins {count} caractères.",
    "Mindestens {count} Zeichen.",
  ],
  withSignIns: [
    "With the sign-ins at Withings",
    "Avec les connexions à Withings",
    "Mit den Anmeldungen bei Withings",
  ],
  backUpNow: ["Download a backup", "Télécharger une sauvegarde", "Sicherung herunterladen"],
  backupDone: ["Downloaded.", "Téléchargée.", "Heruntergeladen."],
  restoreHint: [
    "To restore it, open this page of a new installation where nobody is signed in yet, or stop the bridge and run in an empty home folder:",
    "Pour la restaurer, ouvrez cette page dans une nouvelle installation où personne n’est connecté, ou arrêtez la passerelle et lancez dans un dossier vide :",
    "Zum Wiederherstellen öffnen Sie diese Seite einer neuen Installation, in der noch niemand angemeldet ist, oder beenden Sie die Brücke und führen Sie in einem leeren Datenordner aus:",
  ],
})

const shortest = 8

/** Downloads an encrypted copy of the household. */
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
