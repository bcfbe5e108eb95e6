import type { reportEn } from "./report.en.ts"

export const reportFr: Record<keyof typeof reportEn, string> = {
  report: "Pour le médecin",
  reportHint: "Un résumé à imprimer, ou à enregistrer en PDF, pour la période de votre choix.",
  reportOf: "Mesures de {person}",
  reportPeriod: "Du {from} au {to}.",
  reportMade: "Établi le {when}.",
  reportNote:
    "Mesuré à domicile avec des appareils Withings. Les valeurs sont montrées telles quelles et ne sont pas un diagnostic.",
  periodFrom: "Du",
  periodTo: "Au",
  paper: "Papier",
  print: "Imprimer",
  timeOfDay: "Moment",
  allDay: "Tous",
  mornings: "Matins (4 h à 12 h)",
  evenings: "Soirs (dès 17 h)",
  measurements: "Mesures",
  measurementsOf: "{count} mesures",
  newestMeasurements: "Les dernières mesures ({count})",
  mean: "Moyenne",
  systolicRange: "Systolique",
  diastolicRange: "Diastolique",
  classesSource:
    "(classes de la recommandation ESC 2024 pour des valeurs au cabinet ; à domicile elles sont en général plus basses)",
  atFirst: "Au début",
  atLast: "À la fin",
  changeOf: "Évolution",
  rangeOf: "Étendue",
  bmi: "Indice de masse corporelle",
  nights: "Nuits",
}
