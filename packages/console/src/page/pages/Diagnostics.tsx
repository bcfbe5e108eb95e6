import type { PageProps } from "../parts/PageProps.ts"
import { texts } from "../text/language.ts"

const t = texts({
  diagnosticsHint: [
    "A file for a bug report. It holds counts, versions and states; no measure, no name, no key.",
    "Un fichier pour un rapport de bogue. Il contient des nombres, des versions et des états ; aucune mesure, aucun nom, aucune clé.",
    "Eine Datei für einen Fehlerbericht. Sie enthält Zahlen, Versionen und Zustände; keine Messung, keinen Namen, keinen Schlüssel.",
  ],
  download: ["Download", "Télécharger", "Herunterladen"],
  homeFolder: ["Home folder: ", "Dossier de données : ", "Datenordner: "],
})

export const Diagnostics = ({ state }: PageProps) => (
  <>
    <p>{t("diagnosticsHint")}</p>
    <p>
      {t("homeFolder")}
      <code>{state.settings.home}</code>
    </p>
    <a class="button" href="./api/diagnostics" download="withings-bridge-diagnostics.json">
      {t("download")}
    </a>
  </>
)
