import type { DeviceDescriptor, Shown as Counts } from "@withings-bridge/core"
import type { ConsoleState, HomeState } from "../../ConsoleState.ts"
import { Choice } from "../parts/Choice.tsx"
import { deviceTitle } from "../parts/deviceTitle.ts"
import { everyDevice } from "../parts/everyDevice.ts"
import type { PageProps } from "../parts/PageProps.ts"
import { homeTitle } from "../parts/homeTitle.ts"
import { shownAs } from "../parts/shownAs.ts"
import { named, t } from "../text/language.ts"

const Shown = ({ counts }: { counts: Counts }) => {
  const shown = shownAs(counts)
  if (shown.length === 0) return <span class="quiet">{t("asNothing")}</span>
  return (
    <ul class="shown">
      {shown.map(([as, count]) => (
        <li key={as}>{t(as, { count })}</li>
      ))}
    </ul>
  )
}

interface RowProps {
  readonly device: DeviceDescriptor
  readonly homes: ReadonlyArray<HomeState>
  /** undefined: it is left out of every home. */
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
      <div class="card scroll tall discover" tabIndex={0} role="group" aria-label={t("discover")}>
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
