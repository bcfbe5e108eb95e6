import { texts } from "../text/language.ts"

const t = texts({
  qrAlt: ["QR code for {home}", "Code QR pour {home}", "QR-Code für {home}"],
})

/** What a controller scans, and what is typed where there is no camera. */
export const PairingCode = ({ code, home, qrSvg }: { code: string; home: string; qrSvg: string }) => (
  <>
    <img class="qr" alt={t("qrAlt", { home })} src={`data:image/svg+xml,${encodeURIComponent(qrSvg)}`} />
    <p class="code">{code}</p>
  </>
)
