import { t } from "../text/language.ts"

/** Where to begin. */
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
