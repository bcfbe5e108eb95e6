import type { Person, SyncProgress } from "@withings-bridge/core"
import { Action } from "../parts/Action.tsx"
import { Card } from "../parts/Card.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import { standingReason, standingWord } from "../parts/standingWord.ts"
import { post } from "../state/bridge.ts"
import { ago, count, duration } from "../text/figures.ts"
import { texts } from "../text/language.ts"

const t = texts({
  syncHint: [
    "New data is fetched every {time}, and immediately when Withings calls.",
    "Les nouveautés sont demandées toutes les {time}, et aussitôt quand Withings appelle.",
    "Neues wird alle {time} abgefragt, und sofort, wenn Withings sich meldet.",
  ],
  webhookOn: ["Withings calls {url}.", "Withings appelle {url}.", "Withings ruft {url} auf."],
  webhookOff: [
    "No public address is set. Everything except presence in bed arrives by polling.",
    "Aucune adresse publique : tout sauf la présence au lit arrive par interrogation régulière.",
    "Keine öffentliche Adresse gesetzt: Alles außer der Anwesenheit im Bett kommt durch regelmäßiges Abfragen.",
  ],
  syncNow: ["Sync now", "Synchroniser", "Jetzt abgleichen"],
  syncAsked: [
    "Requested. New data appears automatically.",
    "Demandé. Les nouveautés apparaissent d’elles-mêmes.",
    "Angefragt. Neues erscheint von selbst.",
  ],
  firstHistory: ["First history", "Premier historique", "Erster Verlauf"],
  complete: ["complete", "complet", "vollständig"],
  ofTotal: [
    "{done} of about {total} values",
    "{done} sur environ {total} valeurs",
    "{done} von etwa {total} Werten",
  ],
  values: ["{count} values", "{count} valeurs", "{count} Werte"],
  "feed-getmeas": ["Measures", "Mesures", "Messungen"],
  "feed-night": ["Nights", "Nuits", "Nächte"],
  "feed-day": ["Days", "Jours", "Tage"],
  "feed-workout": ["Workouts", "Entraînements", "Trainings"],
  nextTry: ["next try {when}", "prochain essai {when}", "nächster Versuch {when}"],
  lastSuccess: ["last success {when}", "dernier succès {when}", "zuletzt erfolgreich {when}"],
})

const Standing = ({ person: { standing } }: { person: Person }) => (
  <p>
    <span class={`standing ${standing.state}`}>{standingWord(standing.state)}</span>{" "}
    <span class="quiet">
      {standing.lastSuccess !== null && t("lastSuccess", { when: ago(standing.lastSuccess) })}
      {standing.nextTry !== null && ` · ${t("nextTry", { when: ago(standing.nextTry) })}`}
    </span>
    {standingReason(standing) && <span class="failed"> {standingReason(standing)}</span>}
  </p>
)

const Progress = ({ progress: { done, feed, finishedAt, total } }: { progress: SyncProgress }) => {
  const isComplete = finishedAt !== null
  return (
    <label class="progress">
      <span>{t(`feed-${feed}`)}</span>
      <span class="quiet">
        {isComplete || !total
          ? t("values", { count: count(done) })
          : t("ofTotal", { done: count(done), total: count(total) })}
        {isComplete && ` · ${t("complete")}`}
      </span>
      <progress max={1} value={isComplete ? 1 : total ? Math.min(1, done / total) : 0} />
    </label>
  )
}

export const Sync = ({ state }: PageProps) => (
  <>
    <p>{t("syncHint", { time: duration(state.settings.pollEverySeconds) })}</p>
    <p class="quiet">
      {state.settings.webhookUrl ? t("webhookOn", { url: state.settings.webhookUrl }) : t("webhookOff")}
    </p>
    <Action
      kind="primary"
      act={async () => {
        await post("sync", {})
        return t("syncAsked")
      }}
    >
      {t("syncNow")}
    </Action>
    <div class="columns">
      {state.household.persons.map((person) => (
        <Card key={person.id} title={person.name}>
          <Standing person={person} />
          <h3>{t("firstHistory")}</h3>
          {state.sync.progress
            .filter((one) => one.personId === person.id)
            .map((one) => (
              <Progress key={one.feed} progress={one} />
            ))}
        </Card>
      ))}
    </div>
  </>
)
