// The settings page. It shows what the server answers and asks again every two seconds; it keeps nothing itself.
;(() => {
  const { homebridge } = window
  const at = (id) => document.getElementById(id)
  const askEvery = 2000
  let config = { platform: "Withings", name: "Withings" }
  let saving = Promise.resolve()

  const element = (tag, className, text) => {
    const made = document.createElement(tag)
    made.className = className
    if (text !== undefined) made.textContent = text
    return made
  }

  const change = (changes) => {
    config = { ...config, ...changes }
    saving = saving.then(() => homebridge.updatePluginConfig([config]))
    return saving
  }

  const ask = async (path, body = {}) => homebridge.request(path, { ...body, config })

  const complain = (sentences) => {
    at("trouble").textContent = sentences.join("\n")
    at("trouble").classList.toggle("d-none", sentences.length === 0)
  }

  const ago = (seconds) => {
    const minutes = Math.round((Date.now() / 1000 - seconds) / 60)
    if (minutes < 1) return "just now"
    return minutes < 120 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`
  }

  const detailOf = (person) => {
    const sync = person.lastSync === null ? "" : `Last sync ${ago(person.lastSync)}. `
    if (person.history === null) return sync
    const { read, total } = person.history
    return `${sync}First history: ${read.toLocaleString()}${total === null ? "" : ` of ${total.toLocaleString()}`} measures.`
  }

  const button = (text, className, act) => {
    const made = element("button", `btn btn-sm ms-2 ${className}`, text)
    made.type = "button"
    made.addEventListener("click", act)
    return made
  }

  const rowOf = (person) => {
    const row = element("li", "list-group-item d-flex align-items-center")
    const text = element("div", "flex-grow-1")
    text.append(element("strong", "", person.name), element("div", "small", person.sentence))
    const detail = detailOf(person)
    if (detail !== "") text.append(element("div", "small soft", detail))
    if (person.history !== null && person.history.total !== null) {
      const bar = element("div", "progress mt-1")
      const filled = element("div", "progress-bar")
      filled.style.width = `${Math.min(100, (100 * person.history.read) / Math.max(1, person.history.total))}%`
      bar.append(filled)
      text.append(bar)
    }
    row.append(text)
    if (!person.signedIn) row.append(button("Connect", "btn-primary", () => connect(person.name)))
    else row.append(button("Sign out", "btn-outline-danger", () => signOut(person)))
    return row
  }

  const inHomeOf = (accessory) => {
    const row = element("li", "list-group-item px-0")
    row.append(element("strong", "", accessory.name), element("span", "soft", ` ${accessory.shows}`))
    return row
  }

  const show = (status) => {
    at("callback-url").value = status.callbackUrl
    at("home").textContent = status.home
    at("join").textContent = `WITHINGS_BRIDGE_HOME=${status.home}`
    complain(status.mistakes)
    // Whoever came back to this machine's own callback address needs to paste nothing.
    const done = status.people.some(
      (person) => person.signedIn && person.name === at("sign-in-name").textContent,
    )
    if (done) at("sign-in").classList.add("d-none")
    at("people").replaceChildren(...status.people.map(rowOf))
    const nothing = element("li", "list-group-item px-0 soft", "Nothing yet: connect someone first.")
    at("in-home").replaceChildren(...(status.inHome.length === 0 ? [nothing] : status.inHome.map(inHomeOf)))
    homebridge.fixScrollHeight()
  }

  const refresh = async () => {
    try {
      show(await ask("/status"))
    } catch (error) {
      complain([error.message])
    }
  }

  const connect = async (name) => {
    try {
      const { authorizeUrl } = await ask("/connect", { name })
      at("authorize").href = authorizeUrl
      at("sign-in-name").textContent = name
      at("landed-on").value = ""
      at("sign-in").classList.remove("d-none")
      homebridge.fixScrollHeight()
      at("authorize").focus()
    } catch (error) {
      homebridge.toast.error(error.message, "Withings")
    }
  }

  const finish = async () => {
    try {
      const { name } = await ask("/finish", { landedOn: at("landed-on").value })
      at("sign-in").classList.add("d-none")
      homebridge.toast.success(`${name} is connected`, "Withings")
      const people = new Set([...(config.people ?? []), name])
      await change({ people: [...people] })
      await homebridge.savePluginConfig()
      await refresh()
    } catch (error) {
      homebridge.toast.error(error.message, "Withings")
    }
  }

  const signOut = async (person) => {
    try {
      await ask("/sign-out", { id: person.id })
      await refresh()
    } catch (error) {
      homebridge.toast.error(error.message, "Withings")
    }
  }

  // The dialog's frame may be kept from the clipboard; selecting the text and the old command still work.
  const copy = () => {
    at("callback-url").select()
    document.execCommand("copy")
    homebridge.toast.success("Callback URL copied", "Withings")
  }

  const start = async () => {
    const [saved] = await homebridge.getPluginConfig()
    config = { ...config, ...saved }
    at("client-id").value = config.clientId ?? ""
    at("client-secret").value = config.clientSecret ?? ""
    at("client-id").addEventListener("change", (event) => change({ clientId: event.target.value.trim() }))
    at("client-secret").addEventListener("change", (event) =>
      change({ clientSecret: event.target.value.trim() }),
    )
    at("copy").addEventListener("click", copy)
    at("finish").addEventListener("click", finish)
    at("add-person").addEventListener("click", () => connect(at("new-person").value.trim() || "Someone"))
    homebridge.addEventListener("configChanged", (event) => {
      const [changed] = event.data ?? []
      if (changed !== undefined) config = changed
    })
    homebridge.showSchemaForm()
    await refresh()
    setInterval(refresh, askEvery)
  }

  start()
})()
