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
import { bridge, connected, locked } from "./state/bridge.ts"
import { now } from "./state/now.ts"
import { place } from "./state/place.ts"
import { useSignal } from "./state/signal.ts"
import { chooseLanguage, type Language, language, languageOf, languages, t } from "./text/language.ts"
import { preferences } from "./text/preferences.ts"

const pages = {
  today: Today,
  people: People,
  report: Report,
  devices: Devices,
  discover: Discover,
  homes: Homes,
  rules: Rules,
  manage: Manage,
  sync: Sync,
  settings: Settings,
  log: Log,
  diagnostics: Diagnostics,
} as const

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
  const Page = pages[name]

  useEffect(() => {
    document.title = `${t(name)} · Withings Bridge`
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
        <h1>{t(name)}</h1>
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
            {t(known)}
          </a>
        ))}
      </nav>
      <label class="language">
        <span class="unseen">{t("language")}</span>
        <select
          value={tongue}
          onChange={(event) => void chooseLanguage(languageOf(event.currentTarget.value) ?? "en")}
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
