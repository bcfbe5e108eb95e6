import { existsSync } from "node:fs"
import { join } from "node:path"
import {
  dataSource,
  type BridgeConfig,
  epochSeconds,
  errorText,
  HouseholdFeed,
  PersonRemoval,
  probeWebhook,
  refusedByWithings,
  RulePreview,
  SignIn,
  SyncStatus,
  type PersonId,
} from "@withings-bridge/core"
import { Effect, ManagedRuntime, Redacted } from "effect"
import { loadConfig } from "../coreLayer.ts"
import type { PageLanguage, Sentence } from "../pageLanguage.ts"
import { mistakeText, readSettings, strangers } from "../settings.ts"
import { toHomeKit } from "../toHomeKit.ts"
import { type Core, pageCore, type SignInNews } from "./pageCore.ts"
import { clientMissing, nameMissing } from "./pageTexts.ts"
import { type RuleRow, toRuleRow } from "./toRuleRow.ts"
import { type PageStatus, toInHome, toRows } from "./toPageStatus.ts"

/** What every request of the page carries. */
export interface Asked {
  /** The plugin's block as the page has it now, saved or not. */
  readonly config: unknown
  readonly language: PageLanguage
}

/** Sends events to the page. Polling would fill the log: Homebridge's UI logs each request. */
export interface Push {
  (event: "status", status: PageStatus): void
  (event: "signed-in", person: { readonly name: string }): void
  (event: "sign-in-failed", failure: { readonly message: string }): void
}

/**
 * Answers the settings page. It runs a second core on the same folder as the plugin; each notices a sign-in of the other
 * through the store.
 */
export class SettingsPage {
  readonly #storagePath: string
  readonly #push: Push
  #asked: Asked = { config: {}, language: "en" }
  #pushed = ""
  #rules: { readonly of: string; readonly rows: ReadonlyArray<RuleRow> } = { of: "", rows: [] }
  #core: { readonly of: string; readonly runtime: ManagedRuntime.ManagedRuntime<Core, unknown> } | null = null

  constructor(storagePath: string, push: Push) {
    this.#storagePath = storagePath
    this.#push = push
  }

  async status(asked: Asked): Promise<PageStatus> {
    this.#asked = asked
    const status = await this.#look()
    this.#pushed = JSON.stringify(status)
    return status
  }

  /** Pushes the status if it has changed. */
  async pushChange(): Promise<void> {
    if (this.#pushed === "") return
    const status = await this.#look()
    const now = JSON.stringify(status)
    if (now === this.#pushed) return
    this.#pushed = now
    this.#push("status", status)
  }

  async connect(asked: Asked, name: string): Promise<{ readonly authorizeUrl: string }> {
    const config = await this.#config(asked)
    if (dataSource(config) === null) throw refusal(clientMissing, asked)
    const personName = name.trim()
    if (personName === "") throw refusal(nameMissing, asked)
    return this.#run(
      config,
      Effect.flatMap(SignIn, (signIn) => signIn.start({ personName })),
    )
  }

  async finish(asked: Asked, landedOn: string): Promise<{ readonly name: string }> {
    const finished = Effect.flatMap(SignIn, (signIn) => signIn.finish(landedOn.trim()))
    const sentence = (error: unknown) => new Error(errorText(error, asked.language))
    const { name } = await this.#run(await this.#config(asked), Effect.mapError(finished, sentence))
    return { name }
  }

  /** Keeps the accessories and the history. */
  async signOut(asked: Asked, personId: PersonId): Promise<void> {
    const signOut = Effect.flatMap(SignIn, (signIn) => signIn.signOut(personId))
    await this.#run(await this.#config(asked), signOut)
  }

  /** Removes the person from Home. */
  async remove(asked: Asked, personId: PersonId, history: "keep" | "delete"): Promise<void> {
    const remove = Effect.flatMap(PersonRemoval, (removal) => removal.remove(personId, { history }))
    await this.#run(await this.#config(asked), remove)
  }

  /** Tries the public address as Withings does. `trouble` is in English; null: the address answers. */
  async tryWebhook(asked: Asked): Promise<{ readonly trouble: string | null }> {
    const trouble = await Effect.runPromise(probeWebhook(await this.#config(asked)))
    return { trouble }
  }

  async close(): Promise<void> {
    await this.#core?.runtime.dispose()
  }

  async #look(): Promise<PageStatus> {
    const { language } = this.#asked
    const { mistakes, settings } = readSettings(this.#asked.config)
    // The page sends a folder after each letter: make none before someone signs in.
    const config = await this.#config(this.#asked, settings.home === undefined)
    const isFree = settings.home !== undefined && !isUsed(config.home)
    const own = [...mistakes.map(mistakeText), ...(isFree ? [nothingThere(config.home)] : [])]
    const told = { callbackUrl: config.callbackUrl, home: config.home, webhook: webhookOf(config) }
    if (dataSource(config) === null || isFree)
      return { ...told, mistakes: own, configured: false, people: [], inHome: [], rules: [] }
    const { household, progress } = await this.#run(config, known)
    const names = [...config.profiles, ...household.persons.map(({ name }) => name)]
    return {
      ...told,
      mistakes: [...own, ...strangers(settings, names)],
      configured: true,
      people: toRows(household, config.profiles, progress, language),
      inHome: toInHome(toHomeKit(household, settings), language),
      rules: await this.#ruleRows(config, household.revision),
    }
  }

  /** Reads the past again only after a change or a minute. */
  async #ruleRows(config: BridgeConfig, revision: number): Promise<ReadonlyArray<RuleRow>> {
    const { config: block, language } = this.#asked
    const now = await this.#run(config, epochSeconds)
    const of = JSON.stringify([rulesIn(block), revision, language, Math.floor(now / 60)])
    if (of !== this.#rules.of) {
      const row = (entry: unknown) =>
        Effect.flatMap(RulePreview, ({ previewEntry }) =>
          Effect.map(previewEntry(entry), (preview) => toRuleRow(entry, preview, now, language)),
        )
      this.#rules = { of, rows: await this.#run(config, Effect.forEach(rulesIn(block), row)) }
    }
    return this.#rules.rows
  }

  /** Without the rules of the form: otherwise each keystroke would start a new core. */
  #config({ config }: Asked, makeHome = true): Promise<BridgeConfig> {
    const settings = { ...readSettings(config).settings, rules: [] }
    return Effect.runPromise(loadConfig(settings, this.#storagePath, makeHome))
  }

  /** Starts a new core when the client id or the folder has changed, and closes the old one. */
  async #run<A, E>(asked: BridgeConfig, effect: Effect.Effect<A, E, Core>): Promise<A> {
    // Only the plugin receives webhooks: Withings must not get an address that is still being typed.
    const config = { ...asked, webhook: null }
    const of = JSON.stringify({
      ...config,
      clientSecret: Redacted.value(config.clientSecret),
      profiles: [],
    })
    if (this.#core?.of !== of) {
      const before = this.#core
      this.#core = { of, runtime: ManagedRuntime.make(pageCore(config, this.#pushSignIn)) }
      await before?.runtime.dispose()
    }
    return this.#core.runtime.runPromise(effect)
  }

  readonly #pushSignIn = (news: SignInNews) => {
    if ("name" in news) this.#push("signed-in", news)
    else this.#push("sign-in-failed", { message: errorText(news.error, this.#asked.language) })
  }
}

const isUsed = (home: string): boolean =>
  ["bridge.db", "config.yaml"].some((file) => existsSync(join(home, file)))

const nothingThere = (home: string) =>
  `The setting "home" names ${home}, which Withings Bridge does not use yet; it is set up there at the first sign-in.`

const webhookOf = ({ webhook }: BridgeConfig): PageStatus["webhook"] =>
  webhook === null ? null : { publicUrl: webhook.publicUrl, refused: refusedByWithings(webhook.publicUrl) }

/** As the form has them, saved or not. */
const rulesIn = (block: unknown): ReadonlyArray<unknown> =>
  typeof block === "object" && block !== null && "rules" in block && Array.isArray(block.rules)
    ? block.rules
    : []

const refusal = (sentence: Sentence, { language }: Asked) => new Error(sentence[language])

const known = Effect.all({
  household: Effect.flatMap(HouseholdFeed, (feed) => feed.current),
  progress: Effect.flatMap(SyncStatus, (status) => status.progress),
})
