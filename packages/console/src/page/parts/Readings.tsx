import type { Feature } from "@withings-bridge/core"
import { t } from "../text/language.ts"
import { ReadingLine } from "./ReadingLine.tsx"

/** A night tells some forty things: the first of them are seen at once, and the vocabulary has the main ones first. */
const seenAtOnce = 8

interface ReadingsProps {
  readonly features: ReadonlyArray<Feature>
  readonly hrefOf?: (feature: Feature) => string | undefined
  /** Key of the one that the page shows in full. */
  readonly chosen?: string | undefined
}

const Lines = ({ chosen, features, hrefOf }: ReadingsProps) => (
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

export const Readings = ({ features, ...rest }: ReadingsProps) => {
  const more = features.slice(seenAtOnce)
  return (
    <>
      <Lines {...rest} features={features.slice(0, seenAtOnce)} />
      {more.length > 0 && (
        <details class="more" open={more.some(({ key }) => key === rest.chosen)}>
          <summary>{t("more", { count: more.length })}</summary>
          <Lines {...rest} features={more} />
        </details>
      )}
    </>
  )
}
