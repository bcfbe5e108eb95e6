import type { DeviceDescriptor, FeatureNature } from "@withings-bridge/core"
import type { PageProps } from "../parts/PageProps.ts"
import type { TextKey } from "../text/en.ts"
import { named, t } from "../text/language.ts"

const homes = ["appleHome", "matter", "gladys"] as const
type Home = (typeof homes)[number]

const values: Readonly<Record<Home, TextKey | null>> = {
  appleHome: "asCustom",
  matter: "asVendor",
  gladys: "asFeature",
}

/** What each home makes of a feature, by its nature, with the apps' own defaults; null: nothing. */
const shownAs: Readonly<Record<FeatureNature, Readonly<Record<Home, TextKey | null>>>> = {
  presence: { appleHome: "asPresence", matter: "asPresence", gladys: "asPresence" },
  measured: { appleHome: "asButton", matter: "asButton", gladys: null },
  battery: { appleHome: "asBattery", matter: "asBattery", gladys: "asBattery" },
  value: values,
  counter: values,
  verdict: values,
}

const Shown = ({ device, home }: { device: DeviceDescriptor; home: Home }) => {
  const counts = new Map<TextKey, number>()
  for (const { nature } of device.features) {
    const as = shownAs[nature][home]
    if (as !== null) counts.set(as, (counts.get(as) ?? 0) + 1)
  }
  return (
    <ul class="shown">
      {[...counts].map(([as, count]) => (
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
