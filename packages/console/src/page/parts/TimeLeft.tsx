import { useEffect, useState } from "preact/hooks"
import { duration } from "../text/figures.ts"
import { texts } from "../text/language.ts"

const t = texts({
  windowCloses: [
    "This code lets one controller in. It is valid for another {time}.",
    "Ce code laisse entrer un contrôleur. Il est encore valable {time}.",
    "Dieser Code lässt einen Controller ein. Er gilt noch {time}.",
  ],
})

/** Counts down to an epoch second. A screen reader is not told of each second. */
export const TimeLeft = ({ until }: { until: number }) => {
  const [now, tick] = useState(Date.now() / 1000)
  useEffect(() => {
    const clock = setInterval(() => tick(Date.now() / 1000), 1000)
    return () => clearInterval(clock)
  }, [])
  return <p class="quiet">{t("windowCloses", { time: duration(Math.max(0, until - now)) })}</p>
}
