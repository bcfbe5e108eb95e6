import type { PageProps } from "../parts/PageProps.ts"
import { t } from "../text/language.ts"

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
