import type { Person, SyncProgress } from "@withings-bridge/core"
import { Action } from "../parts/Action.tsx"
import { Card } from "../parts/Card.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import { standingReason, standingWord } from "../parts/standingWord.ts"
import { post } from "../state/bridge.ts"
import { ago, count, duration } from "../text/figures.ts"
import { t } from "../text/language.ts"

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
