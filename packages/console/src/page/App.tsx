import type { FunctionComponent } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import { Devices } from "./pages/Devices.tsx"
import { Diagnostics } from "./pages/Diagnostics.tsx"
import { Discover } from "./pages/Discover.tsx"
import { Homes } from "./pages/Homes.tsx"
import { Locked } from "./pages/Locked.tsx"
import { Log } from "./pages/Log.tsx"
import { Manage } from "./pages/Manage.tsx"
import { People } from "./pages/People.tsx"
import { Report } from "./pages/Report.tsx"
import { Rules } from "./pages/Rules.tsx"
import { Settings } from "./pages/Settings.tsx"
import { Sync } from "./pages/Sync.tsx"
import { Today } from "./pages/Today.tsx"
import type { PageProps } from "./parts/PageProps.ts"
import { bridge, connected, locked } from "./state/bridge.ts"
import { place } from "./state/place.ts"
import { signal, useSignal } from "./state/signal.ts"
import {
  chooseLanguage,
  type Language,
  language,
  languageOf,
  languages,
  say,
  texts,
} from "./text/language.ts"
import { preferences } from "./text/preferences.ts"
import type { Text } from "./text/words.ts"

const t = texts({
  pages: ["Pages", "Pages", "Seiten"],
  skip: ["Skip to the content", "Aller au contenu", "Zum Inhalt springen"],
  language: ["Language", "Langue", "Sprache"],
})

/** Updated regularly, so that "2 minutes ago" stays true while nothing else changes. */
const now = signal(Date.now())
setInterval(() => now.set(Date.now()), 20_000)

/** Every page by its address, in the order of the navigation. */
const pages = {
  today: { Page: Today, title: ["Today", "Aujourd’hui", "Heute"] },
  people: { Page: People, title: ["People", "Personnes", "Personen"] },
  report: { Page: Report, title: ["For the doctor", "Pour le médecin", "Für die Praxis"] },
  devices: { Page: Devices, title: ["Devices", "Appareils", "Geräte"] },
  discover: { Page: Discover, title: ["Discover", "Découvrir", "Entdecken"] },
  homes: { Page: Homes, title: ["Homes", "Maisons", "Smart Homes"] },
  rules: { Page: Rules, title: ["Rules", "Règles", "Regeln"] },
  manage: { Page: Manage, title: ["Household", "Foyer", "Haushalt"] },
  sync: { Page: Sync, title: ["Sync", "Synchronisation", "Abgleich"] },
  settings: { Page: Settings, title: ["Settings", "Réglages", "Einstellungen"] },
  log: { Page: Log, title: ["Log", "Journal", "Protokoll"] },
  diagnostics: { Page: Diagnostics, title: ["Diagnostics", "Diagnostic", "Diagnose"] },
} as const satisfies Readonly<Record<string, { Page: FunctionComponent<PageProps>; title: Text }>>

type PageName = keyof typeof pages
const pageNames = Object.keys(pages) as ReadonlyArray<PageName>

export const App = () => {
  const state = useSignal(bridge)
  const answering = useSignal(connected)
  const shut = useSignal(locked)
  const tongue = useSignal(language)
  useSignal(now)
  useSignal(preferences)
  const [page] = useSignal(place).parts
  const main = useRef<HTMLElement>(null)
  const name: PageName = pageNames.find((known) => known === page) ?? "today"
  const { Page, title } = pages[name]

  useEffect(() => {
    document.title = `${say(title)} · Withings Bridge`
  }, [name, tongue])

  if (shut) return <Locked />
  return (
    <div class="frame">
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        {t("skip")}
      </a>
      <Header name={name} tongue={tongue} />
      {!answering && (
        <p class="banner" role="alert">
          {t("offline")}
        </p>
      )}
      <main id="content" tabIndex={-1} ref={main}>
        <h1 id="title">{say(title)}</h1>
        {state ? <Page state={state} /> : <p>{t("loading")}</p>}
      </main>
    </div>
  )
}

const Header = ({ name, tongue }: { readonly name: PageName; readonly tongue: Language }) => {
  const [isMenuOpen, openMenu] = useState(false)
  useEffect(() => openMenu(false), [name])
  return (
    <header>
      <img src="./icon.svg" alt="" width="28" height="28" />
      <span class="brand">Withings Bridge</span>
      <button
        type="button"
        class="menu"
        aria-expanded={isMenuOpen}
        aria-controls="pages"
        onClick={() => openMenu(!isMenuOpen)}
      >
        {t("pages")}
      </button>
      <nav id="pages" class={isMenuOpen ? "open" : ""} aria-label="Withings Bridge">
        {pageNames.map((known) => (
          <a key={known} href={`#/${known}`} aria-current={known === name ? "page" : undefined}>
            {say(pages[known].title)}
          </a>
        ))}
      </nav>
      <label class="language">
        <span class="unseen">{t("language")}</span>
        <select
          value={tongue}
          onChange={(event) => chooseLanguage(languageOf(event.currentTarget.value) ?? "en")}
        >
          {Object.entries(languages).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </header>
  )
}
