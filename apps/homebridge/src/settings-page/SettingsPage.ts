import {
  type BridgeConfig,
  Bridge,
  HouseholdFeed,
  listenForCallback,
  SignIn,
  SyncStatus,
} from "@withings-bridge/core"
import { Effect, Layer, ManagedRuntime, Redacted } from "effect"
import { loadConfig } from "../coreLayer.ts"
import { ownRules } from "../ownRules.ts"
import { readSettings, type Settings } from "../settings.ts"
import { toHomeKit } from "../toHomeKit.ts"
import { type PageStatus, toInHome, toProgress, toRows } from "./toPageStatus.ts"

/** Someone whose browser runs on this machine comes back to us by themselves; all others paste the address. */
const coreFor = (config: BridgeConfig) => {
  const { hostname, port, protocol } = new URL(config.callbackUrl)
  const isHere = protocol === "http:" && (hostname === "localhost" || hostname === "127.0.0.1")
  const listener = listenForCallback({ host: "127.0.0.1", port: Number(port === "" ? 80 : port) })
  // The port may be taken, by the console for example: pasting always works.
  const comingBack = isHere ? Layer.scopedDiscard(Effect.ignore(listener)) : Layer.empty
  return Layer.provideMerge(comingBack, Bridge.layer(config))
}

type Core = HouseholdFeed | SignIn | SyncStatus

/**
 * What the settings page asks for. It runs a core of its own on the same folder as the plugin: whichever of the two
 * leads, the other one notices a sign-in through the store, so nothing has to be restarted.
 */
export class SettingsPage {
  readonly #storagePath: string
  #core: { readonly of: string; readonly runtime: ManagedRuntime.ManagedRuntime<Core, unknown> } | null = null

  constructor(storagePath: string) {
    this.#storagePath = storagePath
  }

  async status(block: unknown): Promise<PageStatus> {
    const { settings, mistakes } = readSettings(block)
    const config = await this.#config(settings)
    const told = {
      callbackUrl: config.callbackUrl,
      home: config.home,
      mistakes: [...mistakes, ...ownRules(settings).mistakes].map(
        (mistake) => `The setting "${mistake.setting}" ${mistake.reason}.`,
      ),
    }
    if (config.clientId === "") return { ...told, configured: false, people: [], inHome: [] }
    const { household, progress } = await this.#run(
      config,
      Effect.all({
        household: Effect.flatMap(HouseholdFeed, (feed) => feed.current),
        progress: Effect.flatMap(SyncStatus, (status) => status.progress),
      }),
    )
    return {
      ...told,
      configured: true,
      people: toRows(household, config.profiles, toProgress(progress)),
      inHome: toInHome(toHomeKit(household, settings)),
    }
  }

  async connect(block: unknown, name: string): Promise<{ readonly authorizeUrl: string }> {
    const config = await this.#config(readSettings(block).settings)
    if (config.clientId === "") throw new Error("Enter the client ID and the client secret first.")
    const personName = name.trim()
    return this.#run(
      config,
      Effect.flatMap(SignIn, (signIn) => signIn.start(personName === "" ? {} : { personName })),
    )
  }

  async finish(block: unknown, landedOn: string): Promise<{ readonly name: string }> {
    const config = await this.#config(readSettings(block).settings)
    const person = await this.#run(
      config,
      Effect.flatMap(SignIn, (signIn) => signIn.finish(landedOn.trim())),
    )
    return { name: person.name }
  }

  async signOut(block: unknown, personId: string): Promise<void> {
    const config = await this.#config(readSettings(block).settings)
    await this.#run(
      config,
      Effect.flatMap(SignIn, (signIn) => signIn.signOut(personId)),
    )
  }

  async close(): Promise<void> {
    await this.#core?.runtime.dispose()
  }

  #config(settings: Settings): Promise<BridgeConfig> {
    return Effect.runPromise(loadConfig(settings, this.#storagePath))
  }

  /** A changed client id or folder needs another core; the one before is closed. */
  async #run<A, E>(config: BridgeConfig, effect: Effect.Effect<A, E, Core>): Promise<A> {
    const of = JSON.stringify({
      ...config,
      clientSecret: Redacted.value(config.clientSecret),
      profiles: [],
    })
    if (this.#core?.of !== of) {
      await this.#core?.runtime.dispose()
      this.#core = { of, runtime: ManagedRuntime.make(coreFor(config)) }
    }
    return this.#core.runtime.runPromise(effect)
  }
}
