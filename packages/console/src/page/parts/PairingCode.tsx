import { texts } from "../text/language.ts"

const t = texts({
  qrAlt: ["QR code for {home}", "Code QR pour {home}", "QR-Code für {home}"],
})

/** The QR code of a pairing, and the same code to type. */
export const PairingCode = ({ code, home, qrSvg }: { code: string; home: string; qrSvg: string }) => (
  <>
    <img class="qr" alt={t("qrAlt", { home })} src={`data:image/svg+xml,${encodeURIComponent(qrSvg)}`} />
    <p class="code">{code}</p>
  </>
)
