import type { Feature, ShownValues } from "@withings-bridge/core"

/** What a list shows at once, and what on request: by the one setting `values`, as in every home (`isShown` of core). */
export const seenAtOnce = (
  features: ReadonlyArray<Feature>,
  values: ShownValues,
): { readonly atOnce: ReadonlyArray<Feature>; readonly more: ReadonlyArray<Feature> } => {
  const isSeen = ({ essential }: Feature) => values === "all" || essential === true
  return { atOnce: features.filter(isSeen), more: features.filter((feature) => !isSeen(feature)) }
}
