import type { Pairing } from "../../ConsoleState.ts"
import { Card } from "../parts/Card.tsx"
import { MatterControllers } from "../parts/MatterControllers.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import { PairingCode } from "../parts/PairingCode.tsx"
import { ago } from "../text/figures.ts"
import { t } from "../text/language.ts"

const HomeKit = ({ pairing }: { pairing: Pairing | null }) =>
  pairing === null ? (
    <p class="quiet">{t("homeKitElsewhere")}</p>
  ) : (
    <>
      <p class="quiet">{t(pairing.paired ? "homeKitPaired" : "homeKitHint")}</p>
      <PairingCode home={t("appleHome")} code={pairing.code} qrSvg={pairing.qrSvg} />
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
        <HomeKit pairing={homes.homeKit} />
        <Told name="homebridge" />
      </Card>
      <Card title={t("matter")}>
        <MatterControllers matter={homes.matter} />
        <Told name="matter" />
      </Card>
      <Card title={t("gladys")}>
        {homes.gladysUrl ? (
          <>
            <p class="quiet">{t("gladysHint")}</p>
            <p class="code">{homes.gladysUrl}</p>
          </>
        ) : (
          <p class="quiet">{t("gladysElsewhere")}</p>
        )}
        <Told name="gladys" />
      </Card>
    </div>
  )
}
