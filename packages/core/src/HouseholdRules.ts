import { Context, Data, Effect, Layer } from "effect"
import { existsSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { BridgeConfig } from "./BridgeConfig.ts"
import { ConfigError } from "./config/ConfigError.ts"
import type { ConfigMistake } from "./config/readSettings.ts"
import type * as RuleFileModule from "./config/ruleFile.ts"
import type { WrittenRule } from "./config/ruleFile.ts"
import { editConfigFile } from "./config/saveConfigFile.ts"
import { mergeRules } from "./rule/mergeRules.ts"
import { readRules, type RuleMistake } from "./rule/readRules.ts"
import type { Rule } from "./rule/Rule.ts"
import { conditions } from "./rule/conditions.ts"
import { ChangeFeed } from "./store/ChangeFeed.ts"
import type { StoreError } from "./store/StoreError.ts"

/** A rule that cannot be saved as it was entered. */
export class RuleError extends Data.TaggedError("RuleError")<{
  readonly message: string
  /** By field, for a form; empty when the rule to change no longer exists. */
  readonly mistakes: ReadonlyArray<RuleMistake>
}> {}

interface CurrentRules {
  readonly rules: ReadonlyArray<Rule>
  readonly mistakes: ReadonlyArray<ConfigMistake>
}

/** The rules of the household. A change of `config.yaml` counts within a minute, without a restart. */
export class HouseholdRules extends Context.Tag("@withings-bridge/core/HouseholdRules")<
  HouseholdRules,
  {
    /** The rules of this process: those of the app first, then those of `config.yaml`. */
    readonly current: Effect.Effect<CurrentRules>
    /** The items under `rules:` in `config.yaml`, including invalid ones. */
    readonly written: Effect.Effect<ReadonlyArray<WrittenRule>, ConfigError>
    /** Writes a rule to `config.yaml`, in place of the one with this `id`. All processes apply it immediately. */
    readonly save: (
      entry: unknown,
      id: string | null,
    ) => Effect.Effect<void, ConfigError | RuleError | StoreError>
    readonly remove: (id: string) => Effect.Effect<void, ConfigError | RuleError | StoreError>
  }
>() {
  static readonly layer: Layer.Layer<HouseholdRules, never, BridgeConfig | ChangeFeed> = Layer.effect(
    HouseholdRules,
    Effect.suspend(() => make),
  )
}

const make = Effect.gen(function* () {
  const { home, rules: own = [] } = yield* BridgeConfig
  const feed = yield* ChangeFeed
  const path = join(home, "config.yaml")
  const tellAll = feed.commit(() => Effect.succeed({ value: undefined, changed: true }))
  const edit = (change: Change) =>
    Effect.flatMap(ruleFile, (file) =>
      Effect.zipRight(
        editConfigFile(home, (content) => change(file, file.writtenRules(content), content)),
        tellAll,
      ),
    )
  return HouseholdRules.of({
    current: yield* followFile(path, own),
    written: readWritten(path),
    save: (entry, id) =>
      edit(({ withRule }, written, content) =>
        Effect.gen(function* () {
          const index = id === null ? null : yield* indexOf(written, id)
          const rule = yield* toBeSaved(written, index, entry)
          return withRule(content, index, toEntry(rule))
        }),
      ),
    remove: (id) =>
      edit(({ withRule }, written, content) =>
        Effect.map(indexOf(written, id), (index) => withRule(content, index, null)),
      ),
  })
})

type RuleFile = typeof RuleFileModule
type Change = (
  file: RuleFile,
  written: ReadonlyArray<WrittenRule>,
  content: string,
) => Effect.Effect<string, RuleError>

/** Most homes set everything in their app: the YAML parser is loaded only where it is needed. */
const ruleFile = Effect.promise(() => import("./config/ruleFile.ts"))

const indexOf = (written: ReadonlyArray<WrittenRule>, id: string): Effect.Effect<number, RuleError> => {
  const index = written.findIndex((one) => one.id === id)
  return index >= 0
    ? Effect.succeed(index)
    : Effect.fail(
        new RuleError({
          message: "This rule was changed or removed in config.yaml. Reload the rules and try again.",
          mistakes: [],
        }),
      )
}

/** A rule as written, without the fields that a form kept from other conditions. */
const toEntry = ({ given, when }: Rule) =>
  Object.fromEntries(
    ["name", "person", "when", ...Object.keys(conditions[when].fields), "minutes", "id"].flatMap((key) =>
      given[key] === undefined ? [] : [[key, given[key]]],
    ),
  )

/** The entry as a rule that does not clash with those in the file. */
const toBeSaved = (
  written: ReadonlyArray<WrittenRule>,
  index: number | null,
  entry: unknown,
): Effect.Effect<Rule, RuleError> => {
  const others = written.filter((_, at) => at !== index).map((one) => one.entry)
  const place = others.length
  const mistakes = readRules([...others, entry]).mistakes.flatMap(({ path, ...mistake }) =>
    path[0] === place || path.length === 0 ? [{ ...mistake, path: path.slice(1) }] : [],
  )
  const [rule] = readRules([entry]).rules
  return rule !== undefined && mistakes.length === 0
    ? Effect.succeed(rule)
    : Effect.fail(new RuleError({ message: mistakes.map(mistakeText).join(" "), mistakes }))
}

const mistakeText = ({ found, path, wanted }: RuleMistake): string =>
  `${path.length === 0 ? "The rule" : path.join(".")}: found ${found}, wanted ${wanted}.`

/** Reads the file again only when it changed. While it cannot be read, the previous rules stay in force. */
const followFile = (path: string, own: ReadonlyArray<Rule>) =>
  Effect.gen(function* () {
    const gate = yield* Effect.makeSemaphore(1)
    let seen = ""
    let current: CurrentRules = { rules: own, mistakes: [] }
    const look = async (): Promise<CurrentRules> => {
      const stamp = stampOf(path)
      if (stamp === seen) return current
      current = stamp === "" ? { rules: own, mistakes: [] } : await readRulesOf(path, own, current)
      seen = stamp
      return current
    }
    return gate.withPermits(1)(Effect.catchAll(Effect.tryPromise(look), () => Effect.sync(() => current)))
  })

const stampOf = (path: string): string => {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? "" : `${stat.mtimeMs} ${stat.size} ${stat.ino}`
}

const readRulesOf = async (
  path: string,
  own: ReadonlyArray<Rule>,
  before: CurrentRules,
): Promise<CurrentRules> => {
  const { configSection } = await import("./config/configFile.ts")
  const { fileRules } = await import("./config/fileRules.ts")
  const content = readFileSync(path, "utf8")
  const broken = configSection(path, content, "rules").mistakes
  if (broken.length > 0) return { ...before, mistakes: broken }
  const { mistakes, rules } = fileRules(path, content)
  return { rules: mergeRules(own, rules), mistakes }
}

const readWritten = (path: string) =>
  Effect.flatMap(ruleFile, ({ writtenRules }) =>
    Effect.try({
      try: () => (existsSync(path) ? writtenRules(readFileSync(path, "utf8")) : []),
      catch: ConfigError.ofFile(path, "a file that this user may read"),
    }),
  )
