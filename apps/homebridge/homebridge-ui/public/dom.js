// The few things that every part of the page does with the document.
export const at = (id) => document.getElementById(id)

export const element = (tag, className = "", ...children) => {
  const made = document.createElement(tag)
  made.className = className
  made.append(...children)
  return made
}

export const button = (text, className, act) => {
  const made = element("button", `btn btn-sm ms-2 ${className}`, text)
  made.type = "button"
  made.addEventListener("click", act)
  return made
}

export const toggle = (id, isShown) => at(id).classList.toggle("d-none", !isShown)

/** Puts text, or elements for its `{names}`, into an element. */
export const fill = (target, text, parts = {}) => {
  target.replaceChildren(
    ...text.split(/\{(\w+)\}/).map((piece, index) => (index % 2 === 0 ? piece : (parts[piece] ?? ""))),
  )
}
