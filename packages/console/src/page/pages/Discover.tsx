import type { DeviceDescriptor } from "@withings-bridge/core"
import { Choice } from "../parts/Choice.tsx"
import { deviceTitle } from "../parts/deviceTitle.ts"
import { everyDevice } from "../parts/everyDevice.ts"
import type { PageProps } from "../parts/PageProps.ts"
import { type Home, homes, shownIn } from "../parts/shownIn.ts"
import { named, t } from "../text/language.ts"

const Shown = ({ device, home }: { device: DeviceDescriptor; home: Home }) => {
  const shown = [...shownIn(device, home)]
  if (shown.length === 0) return <span class="quiet">{t("asNothing")}</span>
  return (
    <ul class="shown">
      {shown.map(([as, count]) => (
        <li key={as}>{t(as, { count })}</li>
      ))}
    </ul>
  )
}

const Row = ({ device, isShown }: { device: DeviceDescriptor; isShown: boolean }) => (
  <tr>
    <th scope="row">
      <details>
        <summary>{deviceTitle(device)}</summary>
        <span class="quiet">{device.features.map(({ name }) => named(name)).join(", ")}</span>
      </details>
    </th>
    <td>
      <Choice device={device} isShown={isShown} />
    </td>
    {isShown ? (
      homes.map((home) => (
        <td key={home} data-home={t(home)}>
          <Shown device={device} home={home} />
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
              {homes.map((home) => (
                <th scope="col" key={home}>
                  {t(home)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {devices.map((device) => (
              <Row
                key={device.id}
                device={device}
                isShown={state.household.descriptors.some(({ id }) => id === device.id)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
