import { SmallHypnogram } from "../chart/Hypnogram.tsx"
import { lastNight, nightsOf, stagesOf } from "../chart/nights.ts"
import { pointsOfATile } from "../chart/ranges.ts"
import { useLayers } from "../chart/useLayers.ts"
import { addressOf } from "../state/place.ts"
import { duration, figure, hourOf } from "../text/figures.ts"
import { texts } from "../text/language.ts"
import type { Known, TileOf } from "./known.ts"
import { Tile } from "./Tile.tsx"

const t = texts({
  lastNight: ["Last night", "La nuit dernière", "Letzte Nacht"],
  scoreOf: ["score {score}", "score {score}", "Bewertung {score}"],
})

const day = 86_400

export const NightTile = (props: TileOf) => {
  const inBed = props.of("sleep-time-in-bed")
  return inBed === null ? null : <Night {...props} inBed={inBed} />
}

const Night = ({ inBed, of, person, revision }: TileOf & { readonly inBed: Known }) => {
  const end = inBed.reading.at
  const view = [end - day, end + 1] as const
  const wanted = [of("night-state"), inBed].flatMap((feature) =>
    feature === null ? [] : [{ personId: person.id, feature, view, points: pointsOfATile }],
  )
  const { layers } = useLayers(wanted, revision)
  const pointsOf = (key: string) => layers?.find(({ feature }) => feature.key === key)?.points ?? []
  const night = lastNight(nightsOf(pointsOf(inBed.key))) ?? { from: end - inBed.reading.value, to: end }
  const stages = stagesOf(pointsOf("night-state"), [night])
  const asleep = of("sleep-duration")
  const score = of("sleep-score")
  const options = { from: String(Math.floor(night.from - 1800)), to: String(Math.ceil(night.to + 1800)) }
  const shown = stages.length > 0 ? { key: "night-state", options } : { key: "sleep-duration", options: {} }
  return (
    <Tile
      wide
      title={t("lastNight")}
      href={addressOf({ parts: ["people", person.id, shown.key], options: shown.options })}
      at={end}
      value={duration(asleep?.reading.value ?? inBed.reading.value)}
    >
      <span>
        {hourOf(night.from)} – {hourOf(night.to)}
        {score && ` · ${t("scoreOf", { score: figure(score, score.reading.value) })}`}
      </span>
      {stages.length > 0 && <SmallHypnogram night={night} stages={stages} />}
    </Tile>
  )
}
