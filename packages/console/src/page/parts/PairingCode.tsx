import { t } from "../text/language.ts"

/** What a controller scans, and what is typed where there is no camera. */
export const PairingCode = ({ code, home, qrSvg }: { code: string; home: string; qrSvg: string }) => (
  <>
    <img class="qr" alt={t("qrAlt", { home })} src={`data:image/svg+xml,${encodeURIComponent(qrSvg)}`} />
    <p class="code">{code}</p>
  </>
)
