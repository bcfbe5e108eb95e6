import type { Feature } from "@withings-bridge/core"
import { useMemo, useState } from "preact/hooks"
import type { ManagedRule } from "../../server/ConsoleOptions.ts"
import { Held } from "../manage/Held.tsx"
import { RuleForm, type RuleFormData } from "../manage/RuleForm.tsx"
import { entryOf, ruleSentence } from "../manage/ruleText.ts"
import { Action } from "../parts/Action.tsx"
import { Card } from "../parts/Card.tsx"
import { Failure } from "../parts/Failure.tsx"
import { everyDevice } from "../parts/devices.ts"
import type { PageProps } from "../parts/PageProps.ts"
import { get, post } from "../state/bridge.ts"
import { useAnswer } from "../state/useAnswer.ts"
import { said, texts } from "../text/language.ts"

const t = texts({
  rulesHint: [
    "A rule is a condition on what is measured. While it holds, your homes see it: as a contact sensor in Apple Home and Matter, as an on/off feature in Gladys. It is no medical alarm.",
    "Une règle est une condition sur ce qui est mesuré. Tant qu’elle est vraie, vos maisons le voient : capteur de contact dans Apple Maison et Matter, fonction marche/arrêt dans Gladys. Ce n’est pas une alarme médicale.",
    "Eine Regel ist eine Bedingung für Gemessenes. Solange sie zutrifft, sehen es Ihre Smart Homes: als Kontaktsensor in Apple Home und Matter, als An/Aus-Funktion in Gladys. Sie ist kein medizinischer Alarm.",
  ],
  newRule: ["New rule", "Nouvelle règle", "Neue Regel"],
  ruleNumber: ["Rule {number}", "Règle {number}", "Regel {number}"],
  holdsNow: ["holds now", "vraie en ce moment", "trifft gerade zu"],
  holdsNot: ["does not hold", "pas vraie", "trifft nicht zu"],
  ruleOfApp: [
    "Set in an app’s own settings; edit it there.",
    "Réglée dans une application ; modifiez-la là-bas.",
    "In den Einstellungen einer App gesetzt; ändern Sie sie dort.",
  ],
  edit: ["Edit", "Modifier", "Bearbeiten"],
  removeRuleSure: [
    "Remove the rule “{rule}”? Automations that use it stop.",
    "Retirer la règle «\u00a0{rule}\u00a0» ? Les automatisations qui l’utilisent s’arrêtent.",
    "Die Regel „{rule}“ entfernen? Automationen, die sie benutzen, enden.",
  ],
})

interface RulesAnswer {
  readonly form: RuleFormData
  readonly rules: ReadonlyArray<ManagedRule>
}

const newRule = { when: "above", measure: "weight" }

/** A feature of each kind that somebody has, by kind. */
const kindsOf = (features: ReadonlyArray<Feature>): ReadonlyMap<string, Feature> =>
  new Map(features.filter(({ category }) => category !== "device").map((feature) => [feature.kind, feature]))

/** The current state of a rule for each person. */
const statesOf = ({ household }: PageProps["state"], ruleId: string | null) =>
  household.descriptors.flatMap(({ features, personName }) => {
    const reading = features.find(({ key }) => key === `rule-${ruleId}`)?.reading
    return personName === null || !reading ? [] : [{ personName, holds: reading.value === 1 }]
  })

export const Rules = ({ state }: PageProps) => {
  const { revision } = state.household
  const { again, answer, failure } = useAnswer(() => get<RulesAnswer>("rules"), [revision])
  const [edited, edit] = useState<string | null>(null)
  const kinds = useMemo(
    () => kindsOf(everyDevice(state.household).flatMap(({ features }) => features)),
    [revision],
  )
  const names = state.household.persons.map(({ name }) => name)
  const done = () => {
    edit(null)
    again()
  }
  if (failure !== null) return <Failure message={failure} />
  if (answer === null) return <p>{t("loading")}</p>
  const shared = { form: answer.form, kinds, names, onDone: done }
  return (
    <>
      <p>{t("rulesHint")}</p>
      {edited === "new" ? (
        <Card title={t("newRule")}>
          <RuleForm {...shared} entry={newRule} id={null} />
        </Card>
      ) : (
        <button type="button" class="primary" onClick={() => edit("new")}>
          {t("newRule")}
        </button>
      )}
      <div class="columns wide rules">
        {answer.rules.map((rule, index) => {
          const entry = entryOf(rule.entry)
          const title =
            typeof entry["name"] === "string" ? entry["name"] : t("ruleNumber", { number: index + 1 })
          return (
            <Card key={rule.id ?? rule.ruleId ?? index} title={title}>
              {edited !== null && edited === rule.id ? (
                <RuleForm {...shared} entry={entry} id={rule.id} />
              ) : (
                <>
                  <p>{ruleSentence(entry, (key) => kinds.get(key))}</p>
                  <RuleState rule={rule} states={statesOf(state, rule.ruleId)} />
                  {rule.id === null ? (
                    <p class="quiet">{t("ruleOfApp")}</p>
                  ) : (
                    <Buttons {...{ again, edit, rule, title }} />
                  )}
                </>
              )}
            </Card>
          )
        })}
      </div>
    </>
  )
}

interface RuleStateProps {
  readonly rule: ManagedRule
  readonly states: ReturnType<typeof statesOf>
}

/** The state, the mistakes and the past of a rule. */
const RuleState = ({ rule, states }: RuleStateProps) => (
  <>
    <ul class="chips">
      {states.map(({ holds, personName }) => (
        <li key={personName} class={holds ? "on" : ""}>
          {personName}: {t(holds ? "holdsNow" : "holdsNot")}
        </li>
      ))}
    </ul>
    {rule.mistakes.map((mistake) => (
      <p key={mistake.path.join()} class="failed">
        {mistake.path.join(".")}: {said(mistake.said)}
      </p>
    ))}
    <Held persons={rule.persons} />
  </>
)

interface ButtonsProps {
  readonly rule: ManagedRule
  readonly title: string
  readonly edit: (id: string | null) => void
  readonly again: () => void
}

const Buttons = ({ again, edit, rule, title }: ButtonsProps) => (
  <p>
    <button type="button" onClick={() => edit(rule.id)}>
      {t("edit")}
      <span class="unseen"> {title}</span>
    </button>{" "}
    <Action
      act={async () => {
        if (!confirm(t("removeRuleSure", { rule: title }))) return
        await post("rules/remove", { id: rule.id })
        again()
      }}
    >
      {t("remove")}
      <span class="unseen"> {title}</span>
    </Action>
  </p>
)
