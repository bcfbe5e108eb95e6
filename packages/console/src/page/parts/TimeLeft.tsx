import { useEffect, useState } from "preact/hooks"
import { duration } from "../text/figures.ts"
import { t } from "../text/language.ts"

/** Counts down to an epoch second. A screen reader is not told of each second. */
export const TimeLeft = ({ until }: { until: number }) => {
  const [now, tick] = useState(Date.now() / 1000)
  useEffect(() => {
    const clock = setInterval(() => tick(Date.now() / 1000), 1000)
    return () => clearInterval(clock)
  }, [])
  return <p class="quiet">{t("windowCloses", { time: duration(Math.max(0, until - now)) })}</p>
}
