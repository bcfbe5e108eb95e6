import type { DeviceDescriptor, Feature } from "@withings-bridge/core"
import { Chart } from "../chart/Chart.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import { ReadingLine } from "../parts/ReadingLine.tsx"
import { linkTo, place } from "../state/place.ts"
import { useSignal } from "../state/signal.ts"
import { t } from "../text/language.ts"

/** Everything of one person, newest reading of each kind first where two devices tell the same. */
const featuresOf = (
  descriptors: ReadonlyArray<DeviceDescriptor>,
  personId: string,
): ReadonlyArray<Feature> => {
  const byKey = new Map<string, Feature>()
  for (const descriptor of descriptors.filter((one) => one.personId === personId))
    for (const feature of descriptor.features) {
      if (!["value", "counter", "verdict"].includes(feature.nature)) continue
      const known = byKey.get(feature.key)
      if (!known || (feature.reading?.at ?? 0) > (known.reading?.at ?? 0)) byKey.set(feature.key, feature)
    }
  return [...byKey.values()].filter((feature) => feature.reading !== null)
}

const categories = [
  "body",
  "blood-pressure",
  "heart",
  "oxygen",
  "temperature",
  "sleep",
  "activity",
  "workout",
  "nerve",
  "urine",
  "environment",
  "goal",
  "other",
] as const

const firstCharts = ["weight", "sleep-score", "blood-pressure-systolic", "steps"]

export const People = ({ state }: PageProps) => {
  const [, personId, kind] = useSignal(place)
  const { persons, descriptors } = state.household
  const person = persons.find((one) => one.id === personId) ?? persons[0]
  if (!person)
    return (
      <div class="empty">
        <p>{t("noPeople")}</p>
        <p class="quiet">{t("noPeopleHint")}</p>
        <a class="button" href="#/settings">
          {t("openSettings")}
        </a>
      </div>
    )
  const features = featuresOf(descriptors, person.id)
  const chosen =
    features.find((feature) => feature.key === kind) ??
    firstCharts.map((key) => features.find((feature) => feature.key === key)).find(Boolean) ??
    features[0]
  return (
    <>
      <div class="tabs">
        {persons.map((one) => (
          <a
            key={one.id}
            href={linkTo("people", one.id, ...(kind ? [kind] : []))}
            aria-current={one.id === person.id ? "true" : undefined}
          >
            {one.name}
          </a>
        ))}
      </div>
      {person.standing.state === "needs-sign-in" && (
        <p class="banner" role="alert">
          {t("signInNeeded", { person: person.name })} <a href="#/settings">{t("openSettings")}</a>
        </p>
      )}
      {chosen && <Chart person={person} feature={chosen} revision={state.household.revision} />}
      <h2>{t("latest")}</h2>
      <div class="columns">
        {categories.map((category) => {
          const ofCategory = features.filter((feature) => feature.category === category)
          return ofCategory.length === 0 ? null : (
            <dl class="card" key={category}>
              {ofCategory.map((feature) => (
                <ReadingLine
                  key={feature.key}
                  feature={feature}
                  href={linkTo("people", person.id, feature.key)}
                />
              ))}
            </dl>
          )
        })}
      </div>
    </>
  )
}
