import type { Person } from "@withings-bridge/core"
import { Action } from "../parts/Action.tsx"
import { Card } from "../parts/Card.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import { standingWord } from "../parts/standingWord.ts"
import { post } from "../state/bridge.ts"
import { ago } from "../text/figures.ts"
import { t } from "../text/language.ts"

const Standing = ({ person: { standing } }: { person: Person }) => (
  <p>
    <span class={`standing ${standing.state}`}>{standingWord(standing.state)}</span>{" "}
    <span class="quiet">
      {standing.lastSuccess !== null && t("lastSuccess", { when: ago(standing.lastSuccess) })}
      {standing.nextTry !== null && ` · ${t("nextTry", { when: ago(standing.nextTry) })}`}
    </span>
    {standing.reason && <span class="failed"> {standing.reason}</span>}
  </p>
)

export const Sync = ({ state }: PageProps) => (
  <>
    <p>{t("syncHint", { minutes: Math.round(state.settings.pollEverySeconds / 60) })}</p>
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
              <label class="progress" key={one.feed}>
                <span>{one.feed}</span>
                <progress
                  max={1}
                  value={one.finishedAt !== null ? 1 : one.total ? one.done / one.total : 0}
                />
                <span class="quiet">
                  {one.finishedAt !== null ? t("complete") : ""}{" "}
                  {t("records", { done: one.done.toLocaleString() })}
                </span>
              </label>
            ))}
        </Card>
      ))}
    </div>
  </>
)
