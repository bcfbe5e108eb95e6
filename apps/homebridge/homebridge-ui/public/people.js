// The list of people: where each stands, and what can be done. Nothing is signed out or removed without a second press.
import { button, element, fill } from "./dom.js"

/**
 * @param texts the page's texts in the language of the UI
 * @param act what the buttons do: connect(person), signOut(person), remove(person, history), changed()
 */
export const peopleList = (texts, act) => {
  // The question that is open: which person, and whether to sign out or to remove. The list is drawn anew meanwhile.
  let asking = null
  let withHistory = false
  const keyOf = (person) => person.id ?? person.name

  const ask = (person, kind) => {
    asking = { key: keyOf(person), kind }
    withHistory = false
    act.changed()
  }
  const close = () => {
    asking = null
    act.changed()
  }

  const question = (person) => {
    const box = element("div", "withings-question mt-2")
    const text = element("p", "mb-2")
    const isRemoval = asking.kind === "remove"
    fill(text, isRemoval ? texts.removeQuestion : texts.signOutQuestion, { name: person.name })
    box.append(text)
    if (isRemoval && person.id !== null) box.append(historyChoice())
    box.append(
      button(isRemoval ? texts.remove : texts.signOut, "btn-danger ms-0 confirm", () => {
        const history = withHistory ? "delete" : "keep"
        asking = null
        if (isRemoval) act.remove(person, history)
        else act.signOut(person)
      }),
      button(texts.cancel, "btn-secondary", close),
    )
    return box
  }

  const historyChoice = () => {
    const box = element("input", "form-check-input me-2")
    box.type = "checkbox"
    box.checked = withHistory
    box.addEventListener("change", () => {
      withHistory = box.checked
    })
    return element("label", "d-block mb-2", box, texts.removeHistory)
  }

  const rowOf = (person) => {
    const text = element("div", "flex-grow-1", element("strong", "", person.name))
    text.append(element("div", "small", person.sentence))
    const detail = detailOf(texts, person)
    if (detail !== "") text.append(element("div", "small soft", detail))
    if (person.history?.total) text.append(progressBar(person.history))
    const main = person.signedIn
      ? button(texts.signOut, "btn-outline-secondary", () => ask(person, "sign-out"))
      : button(texts.connect, "btn-primary", () => act.connect(person.name))
    const remove = button(texts.remove, "btn-outline-danger", () => ask(person, "remove"))
    const row = element("li", "list-group-item")
    row.append(element("div", "d-flex align-items-center", text, main, remove))
    if (asking?.key === keyOf(person)) row.append(question(person))
    return row
  }

  return { rows: (people) => people.map(rowOf) }
}

const ago = (texts, seconds) => {
  const minutes = Math.round((Date.now() / 1000 - seconds) / 60)
  if (minutes < 1) return texts.justNow
  return minutes < 120
    ? texts.minutesAgo.replace("{count}", minutes)
    : texts.hoursAgo.replace("{count}", Math.round(minutes / 60))
}

const detailOf = (texts, { history, lastSync }) => {
  const sync = lastSync === null ? "" : `${texts.lastSync.replace("{ago}", ago(texts, lastSync))} `
  if (history === null) return sync
  const { done, total } = history
  const text = total === null ? texts.historyOpen : texts.history
  return (
    sync + text.replace("{read}", done.toLocaleString()).replace("{total}", (total ?? 0).toLocaleString())
  )
}

const progressBar = ({ done, total }) => {
  const filled = element("div", "progress-bar")
  filled.style.width = `${Math.min(100, (100 * done) / Math.max(1, total))}%`
  return element("div", "progress mt-1", filled)
}
