import type { DeviceDescriptor, Shown as Counts, ShownAs } from "@withings-bridge/core"
import type { ConsoleState, HomeState } from "../../ConsoleState.ts"
import { Choice } from "../parts/Choice.tsx"
import { deviceTitle, everyDevice } from "../parts/devices.ts"
import type { PageProps } from "../parts/PageProps.ts"
import { homeTitle } from "../parts/homeTitle.ts"
import { named, say, texts } from "../text/language.ts"
import type { Text } from "../text/words.ts"

const t = texts({
  discoverHint: [
    "What Withings reports, and what each home shows of it by default. Hide devices you do not want; open one to see everything it measures.",
    "Ce que Withings liste, et ce que chaque maison en montre avec les réglages d’origine. Écartez ce qu’aucune maison ne doit montrer. Ouvrez un appareil pour tout ce qu’il mesure.",
    "Was Withings meldet, und was jedes Smart Home davon ab Werk zeigt. Blenden Sie Geräte aus, die Sie nicht wollen; öffnen Sie eines, um alles zu sehen, was es misst.",
  ],
  discoverMore: [
    "Apple Home shows values that belong to no device once the plugin's setting “values” is “all”. Matter carries a person's health values (16 kinds) once its setting “health” names that person.",
    "Apple Maison montre les valeurs qui n’ont pas d’appareil si le réglage «\u00a0values\u00a0» du plugin est «\u00a0all\u00a0». Matter porte les valeurs de santé d’une personne (16 sortes) si son réglage «\u00a0health\u00a0» la nomme.",
    "Apple Home zeigt Werte ohne Gerät, sobald die Einstellung „values“ des Plugins „all“ ist. Matter überträgt die Gesundheitswerte einer Person (16 Arten), sobald seine Einstellung „health“ sie nennt.",
  ],
  device: ["Device", "Appareil", "Gerät"],
  inHomes: ["In the homes", "Dans les maisons", "In den Smart Homes"],
  asNothing: ["nothing", "rien", "nichts"],
})

/** How a home shows things. */
const shapes: Readonly<Record<ShownAs, Text>> = {
  presence: ["occupancy sensor", "détecteur de présence", "Anwesenheitssensor"],
  button: ["button “just measured”", "bouton «\u00a0vient de mesurer\u00a0»", "Taste „gerade gemessen“"],
  battery: ["battery", "batterie", "Batterie"],
  sensor: ["sensor of the room", "capteur de la pièce", "Sensor des Raums"],
  contact: ["contact sensor of a rule", "capteur de contact d’une règle", "Kontaktsensor einer Regel"],
  custom: [
    "{count} × value, for apps such as Eve",
    "{count} × valeur, pour des apps comme Eve",
    "{count} × Wert, für Apps wie Eve",
  ],
  health: ["health values", "valeurs de santé", "Gesundheitswerte"],
  push: ["event “just measured”", "événement «\u00a0vient de mesurer\u00a0»", "Ereignis „gerade gemessen“"],
  feature: ["{count} × value with history", "{count} × valeur avec historique", "{count} × Wert mit Verlauf"],
  text: ["{count} × text", "{count} × texte", "{count} × Text"],
}

const Shown = ({ counts }: { counts: Counts }) => {
  const shown = Object.entries(shapes).flatMap(([shape, name]) => {
    const count = counts[shape as ShownAs]
    return count === undefined ? [] : [{ shape, text: say(name, { count }) }]
  })
  if (shown.length === 0) return <span class="quiet">{t("asNothing")}</span>
  return (
    <ul class="shown">
      {shown.map(({ shape, text }) => (
        <li key={shape}>{text}</li>
      ))}
    </ul>
  )
}

interface RowProps {
  readonly device: DeviceDescriptor
  readonly homes: ReadonlyArray<HomeState>
  /** undefined: it is hidden from the homes. */
  readonly shows: ConsoleState["shows"][string] | undefined
}

const Row = ({ device, homes, shows }: RowProps) => (
  <tr>
    <th scope="row">
      <details>
        <summary>{deviceTitle(device)}</summary>
        <span class="quiet">{device.features.map(({ name }) => named(name)).join(", ")}</span>
      </details>
    </th>
    <td>
      <Choice device={device} isShown={shows !== undefined} />
    </td>
    {shows ? (
      homes.map((home) => (
        <td key={home.name} data-home={homeTitle(home)}>
          <Shown counts={shows[home.name] ?? {}} />
        </td>
      ))
    ) : (
      <td class="quiet" colSpan={homes.length}>
        {t("leftOutHint")}
      </td>
    )}
  </tr>
)

export const Discover = ({ state }: PageProps) => {
  const devices = everyDevice(state.household)
  if (devices.length === 0) return <p class="card empty">{t("nothingYet")}</p>
  return (
    <>
      <p class="quiet">{t("discoverHint")}</p>
      <p class="quiet">{t("discoverMore")}</p>
      <div class="card scroll tall discover" tabIndex={0} role="group" aria-labelledby="title">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("device")}</th>
              <th scope="col">{t("inHomes")}</th>
              {state.homes.map((home) => (
                <th scope="col" key={home.name}>
                  {homeTitle(home)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {devices.map((device) => (
              <Row key={device.id} device={device} homes={state.homes} shows={state.shows[device.id]} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
