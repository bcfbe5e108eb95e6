import { type Rule, readRules } from "@withings-bridge/core"
import type { Mistake } from "./readSetting.ts"
import type { Settings } from "./settings.ts"

/** Apart from `settings.ts`, which Homebridge loads before it opens its bridge: the core takes longer to load. */
export const ownRules = (
  settings: Settings,
): { readonly rules: ReadonlyArray<Rule>; readonly mistakes: ReadonlyArray<Mistake> } => {
  const { mistakes, rules } = readRules(settings.rules)
  return {
    rules,
    mistakes: mistakes.map(({ found, path, wanted }) => ({
      setting: path.reduce<string>(
        (at, part) => at + (typeof part === "number" ? `[${part}]` : `.${part}`),
        "rules",
      ),
      reason: `is ${found}, but has to be ${wanted}`,
    })),
  }
}

export const whereRulesHoldEverywhere =
  'Rules of this plugin are shown in Apple Home alone. Written in the same words under "rules:" in config.yaml, ' +
  "they are shown in every home: see docs/rules.md."
