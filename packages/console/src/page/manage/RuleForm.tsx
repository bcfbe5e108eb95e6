import type { Feature, FormCondition, FormField } from "@withings-bridge/core"
import { useEffect, useState } from "preact/hooks"
import type { PageMistake, PagePreview } from "../../server/ConsoleOptions.ts"
import { Action } from "../parts/Action.tsx"
import { Options, Select } from "../parts/Select.tsx"
import { post } from "../state/bridge.ts"
import { named, said, say, texts } from "../text/language.ts"
import type { Text } from "../text/words.ts"
import { Held } from "./Held.tsx"
import { conditionText, type Entry } from "./ruleText.ts"

const t = texts({
  cancel: ["Cancel", "Annuler", "Abbrechen"],
  saveRule: ["Save rule", "Enregistrer la règle", "Regel speichern"],
  optional: ["optional", "facultatif", "freiwillig"],
  condition: ["Condition", "Condition", "Bedingung"],
})

export interface RuleFormData {
  readonly always: ReadonlyArray<FormField>
  readonly conditions: ReadonlyArray<FormCondition>
}

interface RuleFormProps {
  readonly form: RuleFormData
  readonly entry: Entry
  /** null: a new rule. */
  readonly id: string | null
  readonly names: ReadonlyArray<string>
  /** The features that somebody in the household has, by kind. */
  readonly kinds: ReadonlyMap<string, Feature>
  readonly onDone: () => void
}

/** The text of a field as a value for config.yaml. */
const read = (field: FormField, text: string): unknown => {
  const trimmed = text.trim().replace(/^(-?\d+),(\d+)$/, "$1.$2")
  if (trimmed === "") return null
  const isNumber = /^-?\d+(\.\d+)?$/.test(trimmed)
  if (field.input === "numbers") return trimmed.split(/[\s,;]+/).map(Number)
  return (field.input === "number" || field.input === "number-or-measure") && isNumber
    ? Number(trimmed)
    : text
}

const written = (value: unknown): string =>
  Array.isArray(value) ? value.join(", ") : value === null || value === undefined ? "" : String(value)

const labels: Readonly<Record<string, Text>> = {
  name: ["Name", "Nom", "Name"],
  person: ["Person", "Personne", "Person"],
  minutes: ["Only after so many minutes", "Seulement après tant de minutes", "Erst nach so vielen Minuten"],
  measure: ["Measure", "Mesure", "Messgröße"],
  value: ["Value", "Valeur", "Wert"],
  to: ["To", "Jusqu’à", "Bis"],
  days: ["Days", "Jours", "Tage"],
  time: ["Time of day", "Heure", "Uhrzeit"],
  hysteresis: ["Has to come back by", "Doit revenir de", "Muss zurückgehen um"],
}

interface FieldProps {
  readonly field: FormField
  readonly entry: Entry
  readonly mistakes: ReadonlyArray<PageMistake>
  readonly kinds: ReadonlyMap<string, Feature>
  readonly names: ReadonlyArray<string>
  readonly change: (key: string, value: unknown) => void
}

const unitOf = ({ entry, kinds }: FieldProps): string => {
  const kind = kinds.get(written(entry["measure"]))
  return kind?.unit ? ` (${kind.unit.symbol})` : ""
}

/** Only measures that somebody in the household has. */
const measuresOf = ({ field, kinds }: FieldProps): ReadonlyArray<readonly [string, string]> =>
  (field.words ?? [...kinds.keys()])
    .flatMap((key) => {
      const kind = kinds.get(key)
      return kind ? [[key, named(kind.name)] as const] : []
    })
    .toSorted((a, b) => a[1].localeCompare(b[1]))

const Input = (props: FieldProps) => {
  const { change, entry, field, names } = props
  const value = written(entry[field.key])
  if (field.key === "person")
    return (
      <select value={value} onChange={(event) => change("person", event.currentTarget.value || null)}>
        <option value="">{t("everyone")}</option>
        <Options
          options={[...new Set([...names, ...(value === "" ? [] : [value])])].map((name) => [name, name])}
        />
      </select>
    )
  if (field.input === "measure")
    return (
      <select value={value} onChange={(event) => change(field.key, event.currentTarget.value || null)}>
        <option value="">{t(field.required ? "choose" : "anything")}</option>
        <Options options={measuresOf(props)} />
      </select>
    )
  if (field.input === "time")
    return (
      <input type="time" value={value} onInput={(event) => change(field.key, event.currentTarget.value)} />
    )
  return (
    <input
      value={value}
      inputMode={field.input === "number" ? "decimal" : "text"}
      required={field.required}
      onInput={(event) => change(field.key, read(field, event.currentTarget.value))}
    />
  )
}

const Field = (props: FieldProps) => {
  const { field, mistakes } = props
  const own = mistakes.filter(({ path }) => path[0] === field.key)
  const label = labels[field.key]
  const hasUnit = field.key === "value" || field.key === "to" || field.key === "hysteresis"
  return (
    <label>
      {label ? say(label) : field.key}
      {hasUnit && unitOf(props)}
      {!field.required && <span class="quiet"> – {t("optional")}</span>}
      <Input {...props} />
      {own.map((mistake) => (
        <span key={mistake.said.message} class="failed">
          {said(mistake.said)}
        </span>
      ))}
    </label>
  )
}

const askedAfter = 400

/** When the rule would have held, updated while it is being written. */
const usePreview = (entry: Entry) => {
  const [preview, setPreview] = useState<PagePreview | null>(null)
  const text = JSON.stringify(entry)
  useEffect(() => {
    let current = true
    const asking = setTimeout(() => {
      post<PagePreview>("rules/preview", { entry }).then(
        (found) => current && setPreview(found),
        () => current && setPreview(null),
      )
    }, askedAfter)
    return () => {
      current = false
      clearTimeout(asking)
    }
  }, [text])
  return preview
}

/** Edits a rule, and shows when it would have held during the last 90 days. */
export const RuleForm = ({ entry: given, form, id, kinds, names, onDone }: RuleFormProps) => {
  const [entry, setEntry] = useState<Entry>(given)
  const [tried, setTried] = useState(id !== null)
  const preview = usePreview(entry)
  const condition = form.conditions.find(({ when }) => when === entry["when"])
  const change = (key: string, value: unknown) => setEntry((before) => ({ ...before, [key]: value }))
  const shared = { entry, kinds, names, change, mistakes: tried ? (preview?.mistakes ?? []) : [] }
  const fields = (isRequired: boolean) =>
    form.always
      .filter(({ key, required }) => key !== "id" && required === isRequired)
      .map((field) => <Field key={field.key} field={field} {...shared} />)
  return (
    <form class="ruleform" onSubmit={(event) => event.preventDefault()}>
      {fields(true)}
      <Select
        label={t("condition")}
        value={written(entry["when"])}
        options={form.conditions.map(({ when }) => [when, conditionText(when)])}
        choose={(when) => change("when", when)}
      />
      {condition?.fields.map((field) => (
        <Field key={`${condition.when} ${field.key}`} field={field} {...shared} />
      ))}
      {fields(false)}
      <div role="status">
        {preview && preview.mistakes.length === 0 && <Held persons={preview.persons} />}
      </div>
      <Action
        kind="primary"
        act={async () => {
          setTried(true)
          await post("rules/save", { entry, id })
          onDone()
        }}
      >
        {t("saveRule")}
      </Action>
      <button type="button" onClick={onDone}>
        {t("cancel")}
      </button>
    </form>
  )
}
