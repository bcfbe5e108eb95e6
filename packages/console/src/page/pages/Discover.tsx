import type { DeviceDescriptor } from "@withings-bridge/core"
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

export const Discover = ({ state }: PageProps) => {
  const { descriptors } = state.household
  if (descriptors.length === 0) return <p class="card empty">{t("nothingYet")}</p>
  return (
    <>
      <p class="quiet">{t("discoverHint")}</p>
      <p class="quiet">{t("discoverMore")}</p>
      <div class="card scroll tall" tabIndex={0} role="group" aria-label={t("discover")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("device")}</th>
              {homes.map((home) => (
                <th scope="col" key={home}>
                  {t(home)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {descriptors.map((device) => (
              <tr key={device.id}>
                <th scope="row">
                  <details>
                    <summary>{device.name}</summary>
                    <span class="quiet">{device.features.map(({ name }) => named(name)).join(", ")}</span>
                  </details>
                </th>
                {homes.map((home) => (
                  <td key={home}>
                    <Shown device={device} home={home} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
