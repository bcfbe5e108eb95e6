// The settings page. Its server pushes what has changed; only what someone presses is asked, since the UI logs that.
import { at, element, fill, toggle } from "./dom.js"
import { invitationCard } from "./invitation.js"
import { peopleList } from "./people.js"
import { ruleRows } from "./rules.js"
import { languageOf, texts as allTexts } from "./texts.js"
import { webhookCard } from "./webhooks.js"

const { homebridge } = window
const smallYoungGeneration = "--max-semi-space-size=1"

let config = { platform: "Withings", name: "Withings" }
/** What the plugin that runs was started with. */
let savedClientId = null
let savedHub = null
let saving = Promise.resolve()
let language = "en"
let texts = allTexts.en
let status = null
let people = null
let showWebhook = null
let showHub = null
let signingIn = null

const change = (changes) => {
  config = { ...config, ...changes }
  saving = saving.then(() => homebridge.updatePluginConfig([config]))
  return saving
}

const ask = async (path, body = {}) => homebridge.request(path, { ...body, config, language })

const attempt =
  (act) =>
  async (...args) => {
    try {
      return await act(...args)
    } catch (error) {
      tellTrouble(error.message)
    }
  }

const tellTrouble = (sentence) => {
  at("failure").textContent = sentence
  toggle("failure", true)
  toggle("done", false)
  homebridge.toast.error(sentence, "Withings")
  homebridge.fixScrollHeight()
}

const inHomeOf = (accessory) =>
  element(
    "li",
    "list-group-item px-0",
    element("strong", "", accessory.name),
    element("span", "soft", ` ${accessory.shows}`),
  )

const show = (next) => {
  status = next
  at("callback-url").value = status.callbackUrl
  at("landed-on").placeholder = `${status.callbackUrl}?code=…`
  const code = (text) => element("code", "", text)
  fill(at("kept-in"), texts.keptIn, {
    home: code(status.home),
    join: code(`WITHINGS_BRIDGE_HOME=${status.home}`),
  })
  at("trouble").replaceChildren(...status.mistakes.map((sentence) => element("div", "", sentence)))
  toggle("trouble", status.mistakes.length > 0)
  at("people").replaceChildren(...people.rows(status.people))
  const nothing = element("li", "list-group-item px-0 soft", texts.nothing)
  at("in-home").replaceChildren(...(status.inHome.length === 0 ? [nothing] : status.inHome.map(inHomeOf)))
  at("rules").replaceChildren(...ruleRows(status.rules))
  toggle("rules-card", status.rules.length > 0)
  showWebhook(status.webhook)
  showHub(config.hub)
  homebridge.fixScrollHeight()
}

const refresh = attempt(async () => show(await ask("/status")))

const endSignIn = () => {
  signingIn = null
  toggle("sign-in", false)
  at("new-person").value = ""
}

const connect = attempt(async (name) => {
  toggle("failure", false)
  if (name === "") return tellTrouble(texts.nameMissing)
  const { authorizeUrl } = await ask("/connect", { name })
  signingIn = name
  at("authorize").href = authorizeUrl
  fill(at("allow-as"), texts.allowAs, { name: element("strong", "", name) })
  at("landed-on").value = ""
  toggle("sign-in", true)
  homebridge.fixScrollHeight()
  at("authorize").focus()
})

/** However the sign-in came back: without the saved client ID the plugin could not use it. */
const connected = async (name) => {
  endSignIn()
  toggle("failure", false)
  const before = config.people ?? []
  await save({ people: before.includes(name) ? before : [...before, name] })
  homebridge.toast.success(texts.connected.replace("{name}", name), "Withings")
  await refresh()
}

const save = async (changes) => {
  await change(changes)
  await homebridge.savePluginConfig()
  const isNew = savedClientId !== (config.clientId ?? "") || savedHub !== (config.hub?.url ?? "")
  at("done").textContent = isNew ? texts.restartOnce : texts.saved
  toggle("done", true)
}

const finish = attempt(async () => {
  const { name } = await ask("/finish", { landedOn: at("landed-on").value })
  await connected(name)
})

const signOut = attempt(async (person) => {
  toggle("failure", false)
  await ask("/sign-out", { id: person.id })
  homebridge.toast.success(texts.signedOut.replace("{name}", person.name), "Withings")
  await refresh()
})

const remove = attempt(async (person, history) => {
  toggle("failure", false)
  if (person.id !== null) await ask("/remove", { id: person.id, history })
  await save({ people: (config.people ?? []).filter((name) => name !== person.name) })
  homebridge.toast.success(texts.removed.replace("{name}", person.name), "Withings")
  await refresh()
})

const acceptInvitation = attempt(async (pasted) => {
  toggle("failure", false)
  const hub = await ask("/invitation", { pasted })
  at("invitation").value = ""
  await save({ hub })
  homebridge.toast.success(texts.joined, "Withings")
  await refresh()
})

const leaveHub = attempt(async () => {
  await save({ hub: undefined })
  await refresh()
})

// The dialog's frame may be kept from the clipboard; selecting the text and the old command still work.
const copy = () => {
  at("callback-url").select()
  document.execCommand("copy")
  homebridge.toast.success(texts.copied, "Withings")
}

/** Only a process of our own may be told how to collect its garbage. */
const offerLessMemory = () => {
  const bridge = config._bridge
  if (bridge === undefined) return
  const options = () => (config._bridge.env?.NODE_OPTIONS ?? "").split(/\s+/).filter((one) => one !== "")
  at("less-memory").checked = options().includes(smallYoungGeneration)
  at("less-memory").addEventListener("change", ({ target }) => {
    const others = options().filter((one) => one !== smallYoungGeneration)
    const wanted = target.checked ? [...others, smallYoungGeneration] : others
    const { NODE_OPTIONS: _, ...env } = config._bridge.env ?? {}
    const next = wanted.length > 0 ? { ...env, NODE_OPTIONS: wanted.join(" ") } : env
    change({ _bridge: { ...config._bridge, env: next } })
  })
  toggle("memory", true)
}

const speak = async () => {
  language = languageOf(await homebridge.i18nCurrentLang().catch(() => "en"))
  texts = allTexts[language]
  document.documentElement.lang = language
  for (const marked of document.querySelectorAll("[data-text]"))
    marked.textContent = texts[marked.dataset.text]
  for (const marked of document.querySelectorAll("[data-label]")) {
    marked.setAttribute("aria-label", texts[marked.dataset.label])
  }
  const link = element("a", "", "developer.withings.com")
  link.href = "https://developer.withings.com/dashboard/"
  link.target = "_blank"
  link.rel = "noopener"
  fill(at("register"), texts.register, { link })
  at("new-person").placeholder = texts.name
  fill(at("memory-why"), texts.memoryWhy, { option: smallYoungGeneration })
}

const tryWebhook = attempt(async () => {
  toggle("failure", false)
  const { trouble } = await ask("/webhook")
  return trouble
})

/** The form tells each keystroke. */
const formRests = 300
let formTimer = null
const refreshSoon = () => {
  clearTimeout(formTimer)
  formTimer = setTimeout(refresh, formRests)
}

const listen = () => {
  for (const [id, key] of [
    ["client-id", "clientId"],
    ["client-secret", "clientSecret"],
  ]) {
    at(id).value = config[key] ?? ""
    at(id).addEventListener("change", async ({ target }) => {
      await change({ [key]: target.value.trim() })
      await refresh()
    })
  }
  at("copy").addEventListener("click", copy)
  at("finish").addEventListener("click", finish)
  at("add-person").addEventListener("click", () => connect(at("new-person").value.trim()))
  homebridge.addEventListener("configChanged", ({ data }) => {
    const [changed] = data ?? []
    if (changed === undefined) return
    config = changed
    refreshSoon()
  })
  homebridge.addEventListener("status", ({ data }) => show(data))
  homebridge.addEventListener("signed-in", ({ data }) => attempt(connected)(data.name))
  homebridge.addEventListener("sign-in-failed", ({ data }) => {
    if (signingIn === null) return
    // What was begun is used up: the name stays in its field, to begin again.
    at("new-person").value = signingIn
    signingIn = null
    toggle("sign-in", false)
    tellTrouble(data.message)
  })
}

const start = async () => {
  await speak()
  const [saved] = await homebridge.getPluginConfig()
  config = { ...config, ...saved }
  savedClientId = saved?.clientId ?? null
  savedHub = saved?.hub?.url ?? ""
  people = peopleList(texts, { connect, signOut, remove, changed: () => show(status) })
  showWebhook = webhookCard(texts, tryWebhook)
  showHub = invitationCard(texts, { accept: acceptInvitation, leave: leaveHub })
  listen()
  offerLessMemory()
  // With no saved block, Homebridge's UI shows an empty form unless it is given one first.
  await change({})
  homebridge.showSchemaForm()
  await refresh()
}

start()
