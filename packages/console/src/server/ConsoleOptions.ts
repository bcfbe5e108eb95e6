import type { EntryPreview, Home, PartHost, PersonPreview, RuleMistake } from "@withings-bridge/core"
import { Data, type Effect } from "effect"
import type { Sentence } from "../ConsoleState.ts"
import { refuse } from "./refuse.ts"
import type { LogBook } from "./LogBook.ts"

/** A backup file to write or to read. */
interface BackupFile {
  /** The folder of the household. */
  readonly home: string
  readonly path: string
  readonly passphrase: string
}

/** A mistake in a rule, in every language of the page. */
export interface PageMistake extends Pick<RuleMistake, "path"> {
  readonly said: Sentence
}

/** When an entry would have held as a rule. */
export interface PagePreview extends Omit<EntryPreview, "mistakes"> {
  readonly mistakes: ReadonlyArray<PageMistake>
}

/** A rule as the page edits it. */
export interface ManagedRule {
  /** null: it is in an app's own settings and cannot be edited here. */
  readonly id: string | null
  /** null: the entry has mistakes. */
  readonly ruleId: string | null
  readonly entry: unknown
  readonly mistakes: ReadonlyArray<PageMistake>
  /** When it would have held during the last 90 days. */
  readonly persons: ReadonlyArray<PersonPreview>
}

export class BackupFailed extends Data.TaggedError("BackupFailed")<{ readonly message: string }> {}

/** For a console that was started without a way to write backups. */
export const noBackup = refuse(
  "Back up on the command line: withings-bridge backup.",
  "Faites la sauvegarde en ligne de commande : withings-bridge backup.",
  "Sichern Sie auf der Kommandozeile: withings-bridge backup.",
)

/** What the process of the console provides. */
export interface ConsoleTools {
  /** The log of the process. */
  readonly log?: LogBook
  /** Writes a backup of the home folder. */
  readonly backUp?: (
    options: BackupFile & { readonly withSignIns: boolean },
  ) => Effect.Effect<unknown, BackupFailed>
  /** Opens a backup, and answers an effect that restores it while the home folder is not in use. */
  readonly openBackup?: (options: BackupFile) => Effect.Effect<Effect.Effect<void>, BackupFailed>
}

export interface ConsoleOptions
  extends ConsoleTools, Pick<PartHost, "accesses" | "restart" | "restartAfter"> {
  /** The folder of the household. */
  readonly home: string
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** The address behind a reverse proxy, such as `https://bridge.example`. */
  readonly publicUrl: string | undefined
  /** All homes that can show the household. */
  readonly homes: ReadonlyArray<Home>
}
