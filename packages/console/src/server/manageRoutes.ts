import { HttpRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import {
  BridgeConfig,
  HouseholdRules,
  PersonRemoval,
  probeWebhook,
  refusedByWithings,
  ruleForm,
  type RuleMistake,
  RulePreview,
  saveConfigFile,
  Weighings,
} from "@withings-bridge/core"
import { Effect, Schema } from "effect"
import type { Sentence } from "../ConsoleState.ts"
import { type ConsoleOptions, noBackup } from "./ConsoleOptions.ts"
import type { ManagedRule, PageMistake, PagePreview } from "./ConsoleOptions.ts"
import { fileDownload } from "./fileDownload.ts"
import { inEveryLanguage, mistakeSaid } from "./phrases.ts"
import { AnyPerson, post } from "./post.ts"
import { refuse } from "./refuse.ts"
import { restoreUpload } from "./restoreUpload.ts"

const forPage = (mistake: RuleMistake): PageMistake => ({ path: mistake.path, said: mistakeSaid(mistake) })

/** All rules: first those that can be edited here, then those in the apps' own settings. */
const rulesOf = Effect.gen(function* () {
  const household = yield* HouseholdRules
  const { preview } = yield* RulePreview
  const written = yield* household.written
  const editable: ReadonlyArray<ManagedRule> = yield* Effect.forEach(
    written,
    ({ entry, id, mistakes, rule }) =>
      Effect.map(rule === null ? Effect.succeed([]) : preview(rule), (persons) => ({
        id,
        ruleId: rule?.id ?? null,
        entry,
        mistakes: mistakes.map((mistake) => forPage({ ...mistake, path: mistake.path.slice(1) })),
        persons,
      })),
  )
  const ids = new Set(editable.map(({ ruleId }) => ruleId))
  const others = (yield* household.current).rules.filter(({ id }) => !ids.has(id))
  const fixed: ReadonlyArray<ManagedRule> = yield* Effect.forEach(others, (rule) =>
    Effect.map(preview(rule), (persons) => ({
      id: null,
      ruleId: rule.id,
      entry: rule.given,
      mistakes: [],
      persons,
    })),
  )
  return { form: ruleForm, rules: [...editable, ...fixed] }
})

const rules = HttpRouter.empty.pipe(
  HttpRouter.get("/api/rules", Effect.flatMap(rulesOf, HttpServerResponse.json)),
  post("/api/rules/preview", Schema.Struct({ entry: Schema.Unknown }), ({ entry }) =>
    RulePreview.pipe(
      Effect.flatMap(({ previewEntry }) => previewEntry(entry)),
      Effect.map((preview): PagePreview => ({ ...preview, mistakes: preview.mistakes.map(forPage) })),
    ),
  ),
  post(
    "/api/rules/save",
    Schema.Struct({ entry: Schema.Unknown, id: Schema.NullOr(Schema.String) }),
    ({ entry, id }) => Effect.flatMap(HouseholdRules, (rules) => rules.save(entry, id)),
  ),
  post("/api/rules/remove", Schema.Struct({ id: Schema.String }), ({ id }) =>
    Effect.flatMap(HouseholdRules, (rules) => rules.remove(id)),
  ),
)

const household = HttpRouter.empty.pipe(
  HttpRouter.get(
    "/api/household",
    Effect.gen(function* () {
      const weighings = yield* (yield* Weighings).all
      const removed = yield* (yield* PersonRemoval).removed
      return yield* HttpServerResponse.json({ weighings, removed })
    }),
  ),
  post(
    "/api/weighings/assign",
    Schema.Struct({ id: Schema.String, personId: Schema.NullOr(AnyPerson) }),
    ({ id, personId }) => Effect.flatMap(Weighings, (weighings) => weighings.assign(id, personId)),
  ),
  post(
    "/api/person/remove",
    Schema.Struct({ personId: AnyPerson, history: Schema.Literal("keep", "delete") }),
    ({ history, personId }) =>
      PersonRemoval.pipe(
        Effect.flatMap((removal) => removal.remove(personId, { history })),
        Effect.map((deleted) => ({ deleted })),
      ),
  ),
)

/** Saves a public address and answers what is wrong with it. The bridge itself listens there. */
const webhook = (console: ConsoleOptions) =>
  HttpRouter.empty.pipe(
    HttpRouter.post(
      "/api/webhook/test",
      Effect.gen(function* () {
        const trouble = yield* probeWebhook(yield* BridgeConfig.loadWith({ home: console.home }))
        return yield* HttpServerResponse.json({ trouble: trouble === null ? null : inEveryLanguage(trouble) })
      }),
    ),
    post("/api/webhook", Schema.Struct({ address: Schema.Trim }), ({ address }) =>
      Effect.gen(function* () {
        const why = refusedByWithings(address)
        if (why !== null) return yield* refusedAddress(inEveryLanguage(why))
        yield* saveConfigFile(console.home, { "webhook.public_url": address })
        return yield* console.restart
      }),
    ),
  )

const refusedAddress = ({ french, german, message }: Sentence) =>
  refuse(
    `Withings would refuse this address: ${message}.`,
    `Withings refuserait cette adresse : ${french}.`,
    `Withings würde diese Adresse ablehnen: ${german}.`,
  )

const BackupChoices = Schema.Struct({
  passphrase: Schema.String.pipe(Schema.minLength(8)),
  withSignIns: Schema.Boolean,
})

/** The routes behind the pages Rules, Household and Log. */
export const manageRoutes = (console: ConsoleOptions) =>
  HttpRouter.concatAll(rules, household, webhook(console)).pipe(
    HttpRouter.get(
      "/api/log",
      Effect.gen(function* () {
        const { after } = yield* HttpServerRequest.schemaSearchParams(
          Schema.Struct({ after: Schema.NumberFromString }),
        )
        return yield* HttpServerResponse.json(console.log?.after(after) ?? [])
      }),
    ),
    HttpRouter.post("/api/restore", restoreUpload(console)),
    HttpRouter.post(
      "/api/backup",
      Effect.gen(function* () {
        const { backUp, home } = console
        const choices = yield* HttpServerRequest.schemaBodyJson(BackupChoices)
        if (backUp === undefined) return yield* noBackup
        return yield* fileDownload("withings-bridge.backup", (path) => backUp({ home, path, ...choices }))
      }),
    ),
  )
