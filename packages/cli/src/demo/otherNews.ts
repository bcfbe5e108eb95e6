import type { Household, PersonId } from "@withings-bridge/core"
import { valueText } from "../terminal/amount.ts"

/** "Ann: Weight 72.4 kg and 7 more": a line for each person with new readings. */
export const otherNews = (before: Household, now: Household): ReadonlyArray<string> =>
  now.persons.flatMap(({ id, name }) => {
    const known = readings(before, id)
    const [first, ...more] = [...readings(now, id)]
      .filter(([key, { stamp }]) => known.has(key) && known.get(key)?.stamp !== stamp)
      .map(([, { text }]) => text)
    if (first === undefined) return []
    return [`${name}: ${first}${more.length > 0 ? ` and ${more.length} more` : ""}`]
  })

const readings = ({ descriptors }: Household, personId: PersonId) =>
  new Map(
    descriptors
      .filter((descriptor) => descriptor.personId === personId)
      .flatMap(({ features, id }) =>
        features
          .filter(({ nature }) => nature !== "measured")
          .map((feature) => [
            `${id} ${feature.key}`,
            {
              stamp: `${feature.reading?.value} ${feature.reading?.at}`,
              text:
                feature.nature === "presence"
                  ? valueText(feature)
                  : `${feature.name.en} ${valueText(feature)}`,
            },
          ]),
      ),
  )
