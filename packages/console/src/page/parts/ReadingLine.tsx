import type { Feature } from "@withings-bridge/core"
import { ageOf, ago, figure, moment } from "../text/figures.ts"
import { named, texts } from "../text/language.ts"

const t = texts({
  lastMeasure: ["Last measure", "Dernière mesure", "Letzte Messung"],
  old: ["{when} (outdated)", "{when} (trop ancien)", "{when} (veraltet)"],
})

interface ReadingLineProps {
  readonly feature: Feature
  readonly href?: string | undefined
  /** Whether the page shows its chart. */
  readonly current?: boolean
}

/** A feature with its current value and the age of that value. */
export const ReadingLine = ({ current = false, feature, href }: ReadingLineProps) => {
  const { reading } = feature
  const name = feature.nature === "measured" ? t("lastMeasure") : named(feature.name)
  return (
    <div class={`reading${reading?.stale ? " stale" : ""}${current ? " current" : ""}`}>
      <dt>
        {href ? (
          <a href={href} aria-current={current ? "true" : undefined}>
            {name}
          </a>
        ) : (
          name
        )}
      </dt>
      <dd>
        {reading === null ? (
          <span class="quiet">{t("noReading")}</span>
        ) : (
          <>
            <strong>
              {feature.nature === "measured" ? ago(reading.at) : figure(feature, reading.value)}
            </strong>
            {feature.nature !== "measured" && (
              <time
                dateTime={new Date(reading.at * 1000).toISOString()}
                title={reading.stale ? t("old", { when: moment(reading.at) }) : moment(reading.at)}
              >
                {ageOf(feature, reading.at)}
              </time>
            )}
          </>
        )}
      </dd>
    </div>
  )
}
