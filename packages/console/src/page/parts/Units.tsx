import { useSignal } from "../state/signal.ts"
import { weekdayName } from "../text/figures.ts"
import { t } from "../text/language.ts"
import { choices, prefer, preferences, type Preferences } from "../text/preferences.ts"
import { Card } from "./Card.tsx"

interface FieldProps {
  readonly of: keyof Preferences
  readonly options: ReadonlyArray<readonly [value: string, name: string]>
}

const Field = ({ of, options }: FieldProps) => (
  <label>
    {t(of)}
    <select value={preferences.get()[of]} onChange={(event) => prefer(of, event.currentTarget.value)}>
      {options.map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  </label>
)

/** Units of this browser. */
export const Units = () => {
  useSignal(preferences)
  return (
    <Card title={t("units")}>
      <p class="quiet">{t("unitsHint")}</p>
      <Field of="mass" options={choices.mass.map((one) => [one, t(`mass-${one}`)])} />
      <Field of="length" options={choices.length.map((one) => [one, t(`length-${one}`)])} />
      <Field of="temperature" options={choices.temperature.map((one) => [one, t(`temperature-${one}`)])} />
      <Field of="pressure" options={choices.pressure.map((one) => [one, t(`pressure-${one}`)])} />
      <Field of="firstDay" options={choices.firstDay.map((day) => [day, weekdayName(Number(day))])} />
    </Card>
  )
}
