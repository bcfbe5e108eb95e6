import { texts } from "../text/language.ts"

const t = texts({
  noPeople: ["Nobody is signed in yet.", "Personne n’est encore connecté.", "Noch ist niemand angemeldet."],
  noPeopleHint: [
    "Start in Settings: enter the keys of your Withings application, then connect each person.",
    "Commencez dans Réglages : saisissez les clés de votre application Withings, puis connectez chaque personne.",
    "Beginnen Sie in den Einstellungen: Geben Sie die Schlüssel Ihrer Withings-Anwendung ein, dann verbinden Sie jede Person.",
  ],
  restoreInstead: [
    "Or restore a backup",
    "Ou restaurer une sauvegarde",
    "Oder eine Sicherung wiederherstellen",
  ],
})

/** The first steps, shown while nobody is signed in. */
export const Nobody = () => (
  <div class="card empty">
    <p>{t("noPeople")}</p>
    <p class="quiet">{t("noPeopleHint")}</p>
    <a class="button" href="#/settings">
      {t("openSettings")}
    </a>
    <p>
      <a href="#/manage">{t("restoreInstead")}</a>
    </p>
  </div>
)
