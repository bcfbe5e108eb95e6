import type { HomeState, Pairing } from "../../ConsoleState.ts"
import { Card } from "../parts/Card.tsx"
import { homeTitle } from "../parts/homeTitle.ts"
import { MatterControllers } from "../parts/MatterControllers.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import { PairingCode } from "../parts/PairingCode.tsx"
import { ago } from "../text/figures.ts"
import { texts } from "../text/language.ts"

const t = texts({
  homeKitHint: [
    "In the Home app: Add Accessory, then scan or type this code.",
    "Dans l’app Maison : Ajouter un accessoire, puis scannez ou saisissez ce code.",
    "In der Home-App: Gerät hinzufügen, dann diesen Code scannen oder eingeben.",
  ],
  homeKitPaired: [
    "Already paired. To pair again, remove the bridge in the Home app first; the same code then works.",
    "Jumelé. Pour jumeler à nouveau, retirez d’abord la passerelle dans l’app Maison ; ce code est alors de nouveau valable.",
    "Schon gekoppelt. Um neu zu koppeln, entfernen Sie zuerst die Brücke in der Home-App; dann gilt derselbe Code wieder.",
  ],
  homeKitElsewhere: [
    "The code is shown by Homebridge: on the page “Status” of its web interface, and in its log when it starts. A child bridge has a code of its own, under “Plugins”.",
    "Homebridge montre le code : à la page «\u00a0Status\u00a0» de son interface web, et dans son journal au démarrage. Une passerelle enfant a son propre code, sous «\u00a0Plugins\u00a0».",
    "Homebridge zeigt den Code: auf der Seite „Status“ seiner Weboberfläche und beim Start im Protokoll. Eine Child Bridge hat einen eigenen Code, unter „Plugins“.",
  ],
  gladysHint: [
    "JSON API in Gladys’ format for your own programs (reference at /docs). Gladys itself connects as an integration and needs no address.",
    "Pour vos propres programmes, sous la forme de Gladys ; /docs liste les réponses. Gladys n’a pas besoin d’adresse : la passerelle y est une intégration.",
    "JSON-API in der Form von Gladys für eigene Programme (Beschreibung unter /docs). Gladys selbst verbindet sich als Integration und braucht keine Adresse.",
  ],
  homeElsewhere: [
    "It is not running together with this console.",
    "Elle ne tourne pas avec cette console.",
    "Läuft nicht zusammen mit dieser Konsole.",
  ],
  gladysElsewhere: [
    "Not started together with this console. As an integration of Gladys it is set up in Gladys; started by itself, it prints its address.",
    "Pas démarré avec cette console. Comme intégration de Gladys, elle se règle dans Gladys ; démarrée seule, elle affiche son adresse.",
    "Nicht mit dieser Konsole gestartet. Als Integration von Gladys wird sie in Gladys eingerichtet; allein gestartet nennt sie ihre Adresse.",
  ],
  lastTold: ["Last updated {when}", "Mis à jour {when}", "Zuletzt aktualisiert {when}"],
})

const HomeKit = ({ pairing, title }: { pairing: Pairing | null; title: string }) =>
  pairing === null ? (
    <p class="quiet">{t("homeKitElsewhere")}</p>
  ) : (
    <>
      <p class="quiet">{t(pairing.paired ? "homeKitPaired" : "homeKitHint")}</p>
      <PairingCode home={title} code={pairing.code} qrSvg={pairing.qrSvg} />
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

/** Apple Home and Matter are paired by a code; other homes have at most an address. */
const Body = ({ home, state }: PageProps & { home: HomeState }) => {
  if (home.name === "homebridge") return <HomeKit pairing={state.homeKit} title={homeTitle(home)} />
  if (home.name === "matter") return <MatterControllers matter={state.matter} />
  return <Address {...home} />
}

const LastUpdate = ({ home, state }: PageProps & { home: HomeState }) => {
  const consumer = state.sync.consumers.find(({ name }) => name === home.name)
  return consumer ? <p class="quiet">{t("lastTold", { when: ago(consumer.toldAt / 1000) })}</p> : null
}

export const Homes = ({ state }: PageProps) => (
  <div class="columns">
    {state.homes.map((home) => (
      <Card key={home.name} title={homeTitle(home)}>
        <Body home={home} state={state} />
        <LastUpdate home={home} state={state} />
      </Card>
    ))}
  </div>
)
