import { everyDevice, featuresOf } from "../parts/devices.ts"
import { Nobody } from "../parts/Nobody.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import { linkTo } from "../state/place.ts"
import { t } from "../text/language.ts"
import { ActivityTile, HeartTile, PressureTile, WeightTile } from "../today/BodyTiles.tsx"
import { Devices, Troubles } from "../today/HouseholdToday.tsx"
import { knownOf } from "../today/known.ts"
import { NightTile } from "../today/NightTile.tsx"

/** The tiles of a person, in this order. Each has its texts in its own file. */
const tiles = [NightTile, WeightTile, PressureTile, ActivityTile, HeartTile]

/** Everyone at a glance. */
export const Today = ({ state }: PageProps) => {
  const { persons, revision } = state.household
  const devices = everyDevice(state.household)
  if (persons.length === 0) return <Nobody />
  return (
    <>
      <Troubles troubles={state.troubles} />
      {persons.map((person) => {
        const features = featuresOf(devices, person.id)
        return (
          <section key={person.id} class="persontoday" aria-label={person.name}>
            <h2>
              <a href={linkTo("people", person.id)}>{person.name}</a>
            </h2>
            {features.length === 0 && <p class="card empty">{t("firstComing")}</p>}
            <div class="tiles">
              {tiles.map((Own) => (
                <Own key={Own.name} person={person} of={knownOf(features)} revision={revision} />
              ))}
            </div>
          </section>
        )
      })}
      <Devices descriptors={devices} />
    </>
  )
}
