// The rules of the form below the page, saved or not: whether each is open now, and how often it was.
import { element } from "./dom.js"

const lineOf = ({ person, sentence }) =>
  element(
    "div",
    "small",
    ...(person === null ? [] : [element("span", "", `${person}: `)]),
    element("span", "soft", sentence),
  )

export const ruleRows = (rules) =>
  rules.map(({ lines, name }, index) =>
    element(
      "li",
      "list-group-item px-0",
      element("strong", "", name === "" ? String(index + 1) : name),
      ...lines.map(lineOf),
    ),
  )
