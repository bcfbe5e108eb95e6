import type { HomeState, Pairing } from "../../ConsoleState.ts"
import { Card } from "../parts/Card.tsx"
import { homeTitle } from "../parts/homeTitle.ts"
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

const Address = ({ address, name }: HomeState) => {
  if (address === null)
    return <p class="quiet">{t(name === "gladys" ? "gladysElsewhere" : "homeElsewhere")}</p>
  return (
    <>
      {name === "gladys" ? <p class="quiet">{t("gladysHint")}</p> : null}
      <p class="code">{address}</p>
    </>
  )
}

/** Apple Home and Matter are paired by a code; all others have an address at most. */
const Body = ({ home, state }: PageProps & { home: HomeState }) => {
  if (home.name === "homebridge") return <HomeKit pairing={state.homeKit} />
  if (home.name === "matter") return <MatterControllers matter={state.matter} />
  return <Address {...home} />
}

const Told = ({ home, state }: PageProps & { home: HomeState }) => {
  const consumer = state.sync.consumers.find(({ name }) => name === home.name)
  return consumer ? <p class="quiet">{t("lastTold", { when: ago(consumer.toldAt / 1000) })}</p> : null
}

export const Homes = ({ state }: PageProps) => (
  <div class="columns">
    {state.homes.map((home) => (
      <Card key={home.name} title={homeTitle(home)}>
        <Body home={home} state={state} />
        <Told home={home} state={state} />
      </Card>
    ))}
  </div>
)
