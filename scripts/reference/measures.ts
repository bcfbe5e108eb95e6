import { measureKinds, type MeasureCategory, type MeasureKind } from "../../packages/core/src/index.ts"

const titles: Readonly<Record<MeasureCategory, string>> = {
  body: "Body",
  "blood-pressure": "Blood pressure",
  heart: "Heart",
  oxygen: "Oxygen",
  temperature: "Temperature",
  sleep: "Sleep",
  activity: "Activity",
  workout: "Workouts",
  nerve: "Nerves",
  urine: "Urine",
  environment: "Room",
  goal: "Goals",
  other: "Other",
}

const meaning = ({ derived, essential, nature, verdicts }: MeasureKind) =>
  [
    essential ? "essential" : null,
    nature === "counter" ? "starts again each day" : null,
    nature === "time" ? "a time of day, in seconds since midnight" : null,
    derived ? "worked out by the bridge" : null,
    verdicts
      ? Object.entries(verdicts)
          .map(([number, { en }]) => `${number} ${en}`)
          .join(", ")
      : null,
  ]
    .filter((part) => part !== null)
    .join("; ")

const row = (kind: MeasureKind) =>
  `| \`${kind.key}\` | ${kind.name.en} | ${kind.name.fr} | ${kind.unit?.symbol ?? ""} | ${kind.min} – ${kind.max} | ${kind.loinc ?? ""} | ${meaning(kind)} |`

const section = (category: MeasureCategory) => {
  const kinds = Object.values(measureKinds).filter((kind) => kind.category === category)
  if (kinds.length === 0) return []
  return [
    `## ${titles[category]}`,
    [
      "| key | name | nom | unit | plausible range | LOINC | |",
      "|---|---|---|---|---|---|---|",
      ...kinds.map(row),
    ].join("\n"),
  ]
}

const insights = `## Insights

Worked out by the bridge of the last weeks; each needs enough values and is absent before. They compare numbers and are no diagnosis: ask a doctor about health.

- **Weight trend** goes a tenth of the way towards the weight each day (J. Walker, [*The Hacker's Diet*](https://www.fourmilab.ch/hackdiet/): 10% smoothing); *per week* is what it changed against a week before.
- **Usual and compared** (heart rate, heart rate variability and breathing rate asleep, skin temperature): the median of at least 20 values of 30 to 60 days, and whether the newest is more than 2.5 scaled median absolute deviations off (C. Leys et al., [Journal of Experimental Social Psychology 49, 2013](https://doi.org/10.1016/j.jesp.2013.03.013)).
- **Sleep regularity**: −100 + 200 × the chance to be in bed, or not, at both of two moments 24 hours apart, over consecutive nights of 30 days (after the Sleep Regularity Index of A. J. K. Phillips et al., [Scientific Reports 7, 2017](https://doi.org/10.1038/s41598-017-03171-4), with time in bed instead of sleep). 100 is the same hours every night.
- **Blood pressure of a week**: means of mornings (4:00 to 12:00) and evenings (16:00 to 24:00), and from three days on (G. Parati et al., [Journal of Hypertension 39, 2021](https://doi.org/10.1097/HJH.0000000000002922)) the range of a guideline that their mean lies in, by the setting [\`blood_pressure_guideline\`](settings.md): [ESC 2024](https://doi.org/10.1093/eurheartj/ehae178) (from 120/70, from 135/85) or [ACC/AHA 2017](https://doi.org/10.1161/HYP.0000000000000065) (from 120, from 130/80, from 135/85). These are the values for readings at home; ESC's 120/70 is that of the office, which at such values corresponds to the same at home. One week of home readings establishes nothing by itself.`

/** docs/measures.md, from the vocabulary. */
export const measures = `${[
  "# All measures",
  "<!-- Written by `pnpm references` from packages/core/src/measure/kinds. Change it there. -->",
  `${Object.keys(measureKinds).length} kinds. A type that Withings adds tomorrow is kept under its number and shown as it is.`,
  "Those marked *essential*, about a dozen for each device, are shown by default; the others once the setting [`values`](settings.md) is `all`. A part of the body (a muscle mass of the left arm) is shown with all. Gladys shows each as a feature with history (a verdict or a time of day as text). Apple Home shows them as custom characteristics (visible in apps such as Eve): see [its guide](homebridge.md). Neither HomeKit nor Matter has a time of day, so that bedtime and wake-up time are not shown there. Matter carries 16 of them in a vendor cluster, for the persons who allowed it: see [the list](matter.md). A value outside its plausible range is kept as Withings sent it; homes are told the range, and the console's charts leave the value out.",
  insights,
  ...(Object.keys(titles) as ReadonlyArray<MeasureCategory>).flatMap(section),
].join("\n\n")}\n`
