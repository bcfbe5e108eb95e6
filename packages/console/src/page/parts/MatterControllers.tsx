import type { MatterBridge, MatterController } from "../../ConsoleState.ts"
import { useEffect, useState } from "preact/hooks"
import { post } from "../state/bridge.ts"
import { duration } from "../text/figures.ts"
import { texts } from "../text/language.ts"
import { Action } from "./Action.tsx"
import { PairingCode } from "./PairingCode.tsx"

const t = texts({
  matterHint: [
    "In your Matter app: add a device, then scan or type this code. The Home app says “Uncertified Accessory”: choose “Add Anyway”.",
    "Dans votre app Matter : ajoutez un appareil, puis scannez ou saisissez ce code. L’app Maison annonce un «\u00a0accessoire non certifié\u00a0» : choisissez «\u00a0Ajouter quand même\u00a0».",
    "In Ihrer Matter-App: Fügen Sie ein Gerät hinzu, dann scannen oder tippen Sie diesen Code. Die Home-App nennt es „nicht zertifiziertes Zubehör“: Wählen Sie „Trotzdem hinzufügen“.",
  ],
  matterNotRunning: [
    "The Matter bridge is not running, or not on this machine with this home folder. Start it with: withings-bridge run --matter",
    "La passerelle Matter ne tourne pas, ou pas sur cette machine avec ce dossier de données. Démarrez-la : withings-bridge run --matter",
    "Die Matter-Brücke läuft nicht, oder nicht auf diesem Rechner mit diesem Datenordner. Starten Sie sie: withings-bridge run --matter",
  ],
  controllers: ["Paired controllers", "Contrôleurs jumelés", "Gekoppelte Controller"],
  removeSure: [
    "Remove {controller}? Its rooms, names and automations for these devices are lost. To come back it has to be paired again.",
    "Retirer {controller} ? Ses pièces, noms et automatisations pour ces appareils sont perdus. Pour revenir, il devra être jumelé à nouveau.",
    "{controller} entfernen? Räume, Namen und Automationen für diese Geräte gehen dort verloren. Um zurückzukommen, muss neu gekoppelt werden.",
  ],
  pairController: ["Pair a controller", "Jumeler un contrôleur", "Einen Controller koppeln"],
  pairAnother: [
    "Pair another controller",
    "Jumeler un autre contrôleur",
    "Einen weiteren Controller koppeln",
  ],
  windowCloses: [
    "This code lets one controller in. It is valid for another {time}.",
    "Ce code laisse entrer un contrôleur. Il est encore valable {time}.",
    "Dieser Code lässt einen Controller ein. Er gilt noch {time}.",
  ],
})

const Controller = ({ index, label, vendor }: MatterController) => {
  const name = label || vendor
  return (
    <li class="controller">
      <span>
        <strong>{name}</strong> {label !== "" && <span class="quiet">{vendor}</span>}
      </span>
      <Action
        act={async () => {
          if (confirm(t("removeSure", { controller: name }))) await post("matter/remove", { index })
        }}
      >
        {t("remove")}
        <span class="unseen"> {name}</span>
      </Action>
    </li>
  )
}

/** Counts down to an epoch second; no live region, or a screen reader would read every second. */
const TimeLeft = ({ until }: { until: number }) => {
  const [now, tick] = useState(Date.now() / 1000)
  useEffect(() => {
    const clock = setInterval(() => tick(Date.now() / 1000), 1000)
    return () => clearInterval(clock)
  }, [])
  return <p class="quiet">{t("windowCloses", { time: duration(Math.max(0, until - now)) })}</p>
}

/** The paired controllers of the Matter bridge, and a way to pair another one. */
export const MatterControllers = ({ matter }: { matter: MatterBridge | null }) => {
  if (matter === null) return <p class="quiet">{t("matterNotRunning")}</p>
  const { code, controllers, qrSvg, windowUntil } = matter
  return (
    <>
      {controllers.length > 0 && (
        <>
          <h3>{t("controllers")}</h3>
          <ul class="persons">
            {controllers.map((controller) => (
              <Controller key={controller.index} {...controller} />
            ))}
          </ul>
        </>
      )}
      <div role="status">
        {windowUntil !== null && (
          <>
            <p class="quiet">{t("matterHint")}</p>
            <PairingCode home="Matter" code={code} qrSvg={qrSvg} />
          </>
        )}
      </div>
      {windowUntil === null ? (
        <Action
          kind="primary"
          act={async () => {
            await post("matter/window", {})
          }}
        >
          {t(controllers.length === 0 ? "pairController" : "pairAnother")}
        </Action>
      ) : (
        <TimeLeft until={windowUntil} />
      )}
    </>
  )
}
