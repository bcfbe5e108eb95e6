import { useEffect, useState } from "preact/hooks"
import type { LogLine } from "../../server/LogBook.ts"
import type { PageProps } from "../parts/PageProps.ts"
import { Select } from "../parts/Select.tsx"
import { get } from "../state/bridge.ts"
import { choose, place } from "../state/place.ts"
import { useSignal } from "../state/signal.ts"
import { timeOfDay } from "../text/figures.ts"
import { texts } from "../text/language.ts"
import { Troubles } from "../today/HouseholdToday.tsx"

const t = texts({
  noTroubles: ["Nothing needs attention.", "Rien à régler.", "Nichts zu erledigen."],
  logHint: [
    "The log of the bridge, newest first. Homebridge and parts that run as separate processes keep their own logs.",
    "Ce que dit la passerelle, le plus récent d’abord. Homebridge, et ce qui tourne dans un autre processus, ont leurs propres journaux.",
    "Was die Brücke meldet, das Neueste zuerst. Homebridge und Teile, die als eigene Prozesse laufen, haben eigene Protokolle.",
  ],
  logLevel: ["Which lines", "Quelles lignes", "Welche Zeilen"],
  logAll: ["All lines", "Toutes les lignes", "Alle Zeilen"],
  logWarnings: ["Warnings and errors", "Avertissements et erreurs", "Warnungen und Fehler"],
  logErrors: ["Errors", "Erreurs", "Fehler"],
  logFind: ["Find in the log", "Chercher dans le journal", "Im Protokoll suchen"],
  logLines: ["{count} lines", "{count} lignes", "{count} Zeilen"],
})

const everyMillis = 2000
const shownAtMost = 500

/** The log of the bridge. Asks for new lines every two seconds while the page is open. */
const useLog = () => {
  const [lines, setLines] = useState<ReadonlyArray<LogLine>>([])
  useEffect(() => {
    let last = 0
    const ask = async () => {
      const news = await get<ReadonlyArray<LogLine>>(`log?after=${last}`).catch(() => null)
      if (news === null) return
      last = news.at(-1)?.number ?? last
      if (news.length > 0) setLines((before) => [...before, ...news])
    }
    void ask()
    const asking = setInterval(() => void ask(), everyMillis)
    return () => clearInterval(asking)
  }, [])
  return lines
}

const rank = { info: 0, warning: 1, error: 2 }

const isShownLine = ({ level, text }: LogLine, least: string, words: string): boolean =>
  rank[level] >= (least === "error" ? 2 : least === "warning" ? 1 : 0) &&
  text.toLowerCase().includes(words.trim().toLowerCase())

export const Log = ({ state }: PageProps) => {
  const lines = useLog()
  const { options } = useSignal(place)
  const [level = "", words = ""] = [options["level"], options["find"]]
  const shown = lines.filter((line) => isShownLine(line, level, words)).slice(-shownAtMost)
  return (
    <>
      {state.troubles.length === 0 ? <p>{t("noTroubles")}</p> : <Troubles troubles={state.troubles} />}
      <p class="quiet">{t("logHint")}</p>
      <div class="steering">
        <Select
          isLabelUnseen
          label={t("logLevel")}
          value={level}
          options={[
            ["", t("logAll")],
            ["warning", t("logWarnings")],
            ["error", t("logErrors")],
          ]}
          choose={(one) => choose({ level: one || null })}
        />
        <label class="pick">
          <span class="unseen">{t("logFind")}</span>
          <input
            type="search"
            placeholder={t("logFind")}
            value={words}
            onInput={(event) => choose({ find: event.currentTarget.value || null })}
          />
        </label>
        <span class="quiet" role="status">
          {t("logLines", { count: shown.length })}
        </span>
      </div>
      {shown.length > 0 && (
        <ol class="log card" tabIndex={0} aria-labelledby="title">
          {shown.toReversed().map((line) => (
            <li key={`${line.at} ${line.number}`} class={line.level}>
              <time dateTime={new Date(line.at).toISOString()}>{timeOfDay(line.at / 1000)}</time> {line.text}
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
