import type { PersonPreview } from "@withings-bridge/core"
import { ago } from "../text/figures.ts"
import { texts } from "../text/language.ts"

const t = texts({
  heldUnknown: ["unknown for the past", "inconnu pour le passé", "für die Vergangenheit unbekannt"],
  heldNever: ["never in the last 90 days", "jamais ces 90 derniers jours", "nie in den letzten 90 Tagen"],
  heldTimes: [
    "{count}× in the last 90 days, last {when}",
    "{count}× ces 90 derniers jours, la dernière fois {when}",
    "{count}× in den letzten 90 Tagen, zuletzt {when}",
  ],
})

const day = 86_400
const shownDays = 90

/** When a rule would have held during the last 90 days: a bar and a sentence for each person. */
export const Held = ({ persons }: { readonly persons: ReadonlyArray<PersonPreview> }) => {
  const now = Date.now() / 1000
  const x = (at: number) => Math.max(0, Math.min(100, 100 * (1 - (now - at) / (shownDays * day))))
  return (
    <ul class="held">
      {persons.map(({ person, spans }) => (
        <li key={person.id}>
          <span>
            <strong>{person.name}</strong> – {textOf(spans)}
          </span>
          {spans !== null && (
            <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              <rect class="past" width="100" height="6" rx="1" />
              {spans.map(({ from, to }) => (
                <rect
                  key={from}
                  class="holding"
                  x={x(from)}
                  width={Math.max(0.5, x(to ?? now) - x(from))}
                  height="6"
                />
              ))}
            </svg>
          )}
        </li>
      ))}
    </ul>
  )
}

const textOf = (spans: PersonPreview["spans"]): string => {
  if (spans === null) return t("heldUnknown")
  const last = spans.at(-1)
  return last === undefined ? t("heldNever") : t("heldTimes", { count: spans.length, when: ago(last.from) })
}
