import type { Feature, ShownValues } from "@withings-bridge/core"
import { t } from "../text/language.ts"
import { ReadingLine } from "./ReadingLine.tsx"

/** What a list shows at once and what it folds, by the setting `values`, as `isShown` of core decides for every home. */
export const seenAtOnce = (
  features: ReadonlyArray<Feature>,
  values: ShownValues,
): { readonly atOnce: ReadonlyArray<Feature>; readonly more: ReadonlyArray<Feature> } => {
  const isSeen = ({ essential }: Feature) => values === "all" || essential === true
  return { atOnce: features.filter(isSeen), more: features.filter((feature) => !isSeen(feature)) }
}

interface ReadingsProps {
  readonly features: ReadonlyArray<Feature>
  /** How much is shown at once; the rest is folded. */
  readonly values: ShownValues
  readonly hrefOf?: (feature: Feature) => string | undefined
  /** Key of the feature whose chart the page shows. */
  readonly chosen?: string | undefined
}

const Lines = ({ chosen, features, hrefOf }: Omit<ReadingsProps, "values">) => (
  <dl>
    {features.map((feature) => (
      <ReadingLine
        key={feature.key}
        feature={feature}
        href={hrefOf?.(feature)}
        current={feature.key === chosen}
      />
    ))}
  </dl>
)

export const Readings = ({ features, values, ...rest }: ReadingsProps) => {
  const { atOnce, more } = seenAtOnce(features, values)
  return (
    <>
      {atOnce.length > 0 && <Lines {...rest} features={atOnce} />}
      {more.length > 0 && (
        <details class="more" open={more.some(({ key }) => key === rest.chosen)}>
          <summary>{t("more", { count: more.length })}</summary>
          <Lines {...rest} features={more} />
        </details>
      )}
    </>
  )
}
