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
  PersonId,
} from "@withings-bridge/core"
import { Data, Effect, Schema } from "effect"
import type { Sentence } from "../ConsoleState.ts"
import { NoBackup } from "./ConsoleOptions.ts"
import type { ConsoleOptions, ManagedRule, ToldMistake, ToldPreview } from "./ConsoleOptions.ts"
import { fileDownload } from "./fileDownload.ts"
import { inEveryLanguage, mistakeSaid } from "./phrases.ts"
import { restoreUpload } from "./restoreUpload.ts"

const AnyPerson = Schema.String.pipe(Schema.fromBrand(PersonId))

const body = <A, I>(schema: Schema.Schema<A, I>) => HttpServerRequest.schemaBodyJson(schema)
const done = HttpServerResponse.unsafeJson({})

class RefusedAddress extends Data.TaggedError("RefusedAddress")<{ readonly why: Sentence }> {
  override get message() {
    return `Withings would refuse this address: ${this.why.message}.`
  }
  get french() {
    return `Withings refuserait cette adresse : ${this.why.french}.`
  }
  get german() {
    return `Withings würde diese Adresse ablehnen: ${this.why.german}.`
  }
}

const told = (mistake: RuleMistake): ToldMistake => ({ path: mistake.path, said: mistakeSaid(mistake) })

/** Every rule of the household: those that can be edited first, then those of an app's own settings. */
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
        mistakes: mistakes.map((mistake) => told({ ...mistake, path: mistake.path.slice(1) })),
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
  HttpRouter.post(
    "/api/rules/preview",
    Effect.gen(function* () {
      const { entry } = yield* body(Schema.Struct({ entry: Schema.Unknown }))
      const { previewEntry } = yield* RulePreview
      const preview = yield* previewEntry(entry)
      const answer: ToldPreview = { ...preview, mistakes: preview.mistakes.map(told) }
      return yield* HttpServerResponse.json(answer)
    }),
  ),
  HttpRouter.post(
    "/api/rules/save",
    Effect.gen(function* () {
      const { entry, id } = yield* body(
        Schema.Struct({ entry: Schema.Unknown, id: Schema.NullOr(Schema.String) }),
      )
      yield* (yield* HouseholdRules).save(entry, id)
      return done
    }),
  ),
  HttpRouter.post(
    "/api/rules/remove",
    Effect.gen(function* () {
      const { id } = yield* body(Schema.Struct({ id: Schema.String }))
      yield* (yield* HouseholdRules).remove(id)
      return done
    }),
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
  HttpRouter.post(
    "/api/weighings/assign",
    Effect.gen(function* () {
      const { id, personId } = yield* body(
        Schema.Struct({ id: Schema.String, personId: Schema.NullOr(AnyPerson) }),
      )
      yield* (yield* Weighings).assign(id, personId)
      return done
    }),
  ),
  HttpRouter.post(
    "/api/person/remove",
    Effect.gen(function* () {
      const { history, personId } = yield* body(
        Schema.Struct({ personId: AnyPerson, history: Schema.Literal("keep", "delete") }),
      )
      const deleted = yield* (yield* PersonRemoval).remove(personId, { history })
      return yield* HttpServerResponse.json({ deleted })
    }),
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
    HttpRouter.post(
      "/api/webhook",
      Effect.gen(function* () {
        const { address } = yield* body(Schema.Struct({ address: Schema.Trim }))
        const why = refusedByWithings(address)
        if (why !== null) return yield* new RefusedAddress({ why: inEveryLanguage(why) })
        yield* saveConfigFile(console.home, { "webhook.public_url": address })
        yield* console.restart
        return done
      }),
    ),
  )

const passphraseLength = 8

/** Everything that manages the household. */
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
        const { passphrase, withSignIns } = yield* body(
          Schema.Struct({
            passphrase: Schema.String.pipe(Schema.minLength(passphraseLength)),
            withSignIns: Schema.Boolean,
          }),
        )
        if (console.backUp === undefined) return yield* new NoBackup()
        return yield* fileDownload(
          "withings-bridge.backup",
          (path) => console.backUp?.({ home: console.home, path, passphrase, withSignIns }) ?? Effect.void,
        )
      }),
    ),
  )
