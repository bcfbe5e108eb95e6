import { useSignal } from "../state/signal.ts"
import { weekdayName } from "../text/figures.ts"
import { texts } from "../text/language.ts"
import { choices, prefer, preferences, type Preferences } from "../text/preferences.ts"
import { Card } from "./Card.tsx"
import { Select, type SelectProps } from "./Select.tsx"

const t = texts({
  units: ["Units", "Unités", "Einheiten"],
  unitsHint: [
    "For this browser. Until you choose, its language and region decide.",
    "Pour ce navigateur. Sans choix, sa langue et sa région décident.",
    "Für diesen Browser. Ohne Wahl entscheiden seine Sprache und Region.",
  ],
  mass: ["Weight", "Poids", "Gewicht"],
  length: ["Height and distance", "Taille et distance", "Größe und Strecke"],
  temperature: ["Temperature", "Température", "Temperatur"],
  pressure: ["Blood pressure", "Tension artérielle", "Blutdruck"],
  firstDay: ["First day of the week", "Premier jour de la semaine", "Erster Tag der Woche"],
  "mass-kg": ["Kilograms (kg)", "Kilogrammes (kg)", "Kilogramm (kg)"],
  "mass-lb": ["Pounds (lb)", "Livres (lb)", "Pfund (lb)"],
  "mass-st": ["Stones and pounds (st, lb)", "Stones et livres (st, lb)", "Stone und Pfund (st, lb)"],
  "length-metric": ["Centimetres, kilometres", "Centimètres, kilomètres", "Zentimeter, Kilometer"],
  "length-imperial": ["Feet and inches, miles", "Pieds et pouces, miles", "Fuß und Zoll, Meilen"],
  "temperature-celsius": ["Celsius (°C)", "Celsius (°C)", "Celsius (°C)"],
  "temperature-fahrenheit": ["Fahrenheit (°F)", "Fahrenheit (°F)", "Fahrenheit (°F)"],
  "pressure-mmHg": [
    "Millimetres of mercury (mmHg)",
    "Millimètres de mercure (mmHg)",
    "Millimeter Quecksilbersäule (mmHg)",
  ],
  "pressure-kPa": ["Kilopascals (kPa)", "Kilopascals (kPa)", "Kilopascal (kPa)"],
})

const Field = ({ of, options }: { of: keyof Preferences; options: SelectProps["options"] }) => (
  <Select label={t(of)} options={options} value={preferences.get()[of]} choose={(one) => prefer(of, one)} />
)

/** The units and the first weekday on this browser. */
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
