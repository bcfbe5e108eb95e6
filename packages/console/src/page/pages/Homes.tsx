import type { Pairing } from "../../ConsoleState.ts"
import { Card } from "../parts/Card.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import { ago } from "../text/figures.ts"
import { t } from "../text/language.ts"

const Code = ({ home, hint, pairing }: { home: string; hint: string; pairing: Pairing | null }) =>
  pairing === null ? (
    <p class="quiet">{t("notRunning")}</p>
  ) : (
    <>
      <p class="quiet">{hint}</p>
      {pairing.qrSvg && (
        <img
          class="qr"
          alt={t("qrAlt", { home })}
          src={`data:image/svg+xml,${encodeURIComponent(pairing.qrSvg)}`}
        />
      )}
      <p class="code">{pairing.code}</p>
      <p class="quiet">{t(pairing.paired ? "paired" : "notPaired")}</p>
    </>
  )

export const Homes = ({ state }: PageProps) => {
  const { homes, sync } = state
  const told = (name: string) => sync.consumers.find((consumer) => consumer.name === name)
  const Told = ({ name }: { name: string }) => {
    const consumer = told(name)
    return consumer ? <p class="quiet">{t("lastTold", { when: ago(consumer.toldAt / 1000) })}</p> : null
  }
  return (
    <div class="columns">
      <Card title={t("appleHome")}>
        <Code home={t("appleHome")} hint={t("homeKitHint")} pairing={homes.homeKit} />
        <Told name="homebridge" />
      </Card>
      <Card title={t("matter")}>
        <Code home={t("matter")} hint={t("matterHint")} pairing={homes.matter} />
        <Told name="matter" />
      </Card>
      <Card title={t("gladys")}>
        {homes.gladysUrl ? (
          <>
            <p class="quiet">{t("gladysHint")}</p>
            <p class="code">{homes.gladysUrl}</p>
          </>
        ) : (
          <p class="quiet">{t("notRunning")}</p>
        )}
        <Told name="gladys" />
      </Card>
    </div>
  )
}
