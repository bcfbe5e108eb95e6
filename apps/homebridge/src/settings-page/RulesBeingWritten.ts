import { RulePreview, type StoreError, epochSeconds } from "@withings-bridge/core"
import { Effect } from "effect"
import type { PageLanguage } from "../pageLanguage.ts"
import { type RuleRow, toRuleRow } from "./toRuleRow.ts"

/** The rows of rules. The past is read again only when something has changed or a minute has gone. */
export class RulesBeingWritten {
  #of = ""
  #rows: ReadonlyArray<RuleRow> = []

  /**
   * @param block the plugin's settings as the form has them
   * @param revision of the household
   */
  rows(
    block: unknown,
    revision: number,
    language: PageLanguage,
  ): Effect.Effect<ReadonlyArray<RuleRow>, StoreError, RulePreview> {
    const entries = rulesIn(block)
    return Effect.gen(this, function* () {
      const now = yield* epochSeconds
      const of = JSON.stringify([entries, revision, language, Math.floor(now / 60)])
      if (of === this.#of) return this.#rows
      const { previewEntry } = yield* RulePreview
      this.#rows = yield* Effect.forEach(entries, (entry) =>
        Effect.map(previewEntry(entry), (preview) => toRuleRow(entry, preview, now, language)),
      )
      this.#of = of
      return this.#rows
    })
  }
}

const rulesIn = (block: unknown): ReadonlyArray<unknown> =>
  typeof block === "object" && block !== null && "rules" in block && Array.isArray(block.rules)
    ? block.rules
    : []
