import type { ShownValues } from "../measure/essential.ts"
import type { Feature } from "./Feature.ts"

/** Whether a home shows a feature, by the one setting `values`; presence, battery and events always. */
export const isShown = ({ essential }: Feature, values: ShownValues): boolean =>
  values === "all" || essential === true
