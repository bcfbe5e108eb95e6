import type { Feature } from "@withings-bridge/core"
import { ago, figure, moment } from "../text/figures.ts"
import { named, t } from "../text/language.ts"

/** A feature and what it shows now, with its age: a value without its age misleads. */
export const ReadingLine = ({ feature, href }: { feature: Feature; href?: string }) => {
  const { reading } = feature
  const name = named(feature.name)
  return (
    <div class={`reading${reading?.stale ? " stale" : ""}`}>
      <dt>{href ? <a href={href}>{name}</a> : name}</dt>
      <dd>
        {reading === null ? (
          <span class="quiet">{t("noReading")}</span>
        ) : (
          <>
            <strong>
              {feature.nature === "measured" ? ago(reading.at) : figure(feature, reading.value)}
            </strong>
            {feature.nature !== "measured" && (
              <time dateTime={new Date(reading.at * 1000).toISOString()} title={moment(reading.at)}>
                {reading.stale ? t("old", { when: ago(reading.at) }) : ago(reading.at)}
              </time>
            )}
          </>
        )}
      </dd>
    </div>
  )
}
