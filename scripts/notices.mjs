// The licence texts of the packages in a bundle, which must accompany every copy.
import { existsSync, readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"

const inPackage = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//
const licenceFile = /^(licen[cs]e|copying|notice)(\.|-|$)/i

/** The folders of the packages that these files belong to. */
const packagesOf = (files) => {
  const folders = files.map((file) => inPackage.exec(file.replaceAll("\\", "/"))?.[1])
  return [...new Set(folders.filter((folder) => folder !== undefined))]
}

const texts = (folder) =>
  readdirSync(folder)
    .filter((name) => licenceFile.test(name))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), "utf8").trim())

const notice = (folder) => {
  const { name, version, license, author, homepage } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  )
  const by = typeof author === "string" ? author : author?.name
  const found = texts(folder)
  const said = [`Licence: ${typeof license === "string" ? license : (license?.type ?? "see its homepage")}`]
  if (found.length === 0 && by !== undefined) said.push(`Author: ${by}`)
  if (homepage !== undefined) said.push(homepage)
  return {
    name,
    version,
    text: [`${name} ${version}`, ...said, ...found.map((text) => `\n${text}`)].join("\n"),
  }
}

/** The notices of all packages and versions, sorted by name. */
export const thirdPartyNotices = (files) => {
  const notices = packagesOf(files)
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map(notice)
  const unique = new Map(notices.map((one) => [`${one.name} ${one.version}`, one.text]))
  const sorted = [...unique].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text)
  const rule = `\n\n${"-".repeat(80)}\n\n`
  return `This package contains the following software of others.${rule}${sorted.join(rule)}\n`
}
