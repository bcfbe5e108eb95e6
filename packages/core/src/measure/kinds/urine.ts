import { millimolesPerLitre, quantity } from "./quantities.ts"
import { units } from "../Unit.ts"
import { kindTable, value } from "./table.ts"

/** Values of a U-Scan, in the order of Withings' numbers (147 to 251). */
export const urineKinds = kindTable("urine", {
  "urine-ph": value("Urine pH", "pH urinaire", quantity(null, 1, 0, 14), { loinc: "2756-5" }),
  "urine-specific-gravity": value("Urine specific gravity", "Densité urinaire", quantity(null, 3, 0.9, 1.2), {
    loinc: "2965-2",
  }),
  "urine-nitrites": value(
    "Urine nitrites",
    "Nitrites urinaires",
    quantity(units.micromolePerLitre, 1, 0, 1000),
  ),
  "urine-ketones": value("Urine ketones", "Cétones urinaires", millimolesPerLitre(0, 50)),
  "urine-vitamin-c": value("Urine vitamin C", "Vitamine C urinaire", millimolesPerLitre(0, 50)),
  "urine-calcium": value("Urine calcium", "Calcium urinaire", millimolesPerLitre(0, 50)),
  "urine-creatinine": value("Urine creatinine", "Créatinine urinaire", millimolesPerLitre(0, 100), {
    loinc: "14683-7",
  }),
  "urine-calcium-creatinine-ratio": value(
    "Urine calcium to creatinine ratio",
    "Rapport calcium sur créatinine urinaires",
    quantity(null, 2, 0, 100),
  ),
})
