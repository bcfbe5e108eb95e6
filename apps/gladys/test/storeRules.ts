/** What Gladys' store and server ask of a manifest, as their specification lists it: each broken rule in a sentence. */

interface Line {
  /** Top-level fields that this Gladys knows. */
  readonly fields: ReadonlyArray<string>
  readonly oldest: string
}

const always =
  "manifest_version type name description version docker_image gladys_version cover_image config_schema actions transports categories webhooks".split(
    " ",
  )

/** Older servers refuse a manifest with a field that they do not know. */
export const lines: Readonly<Record<"4.86" | "5.1", Line>> = {
  "4.86": { fields: always, oldest: ">=4.86.0" },
  "5.1": { fields: [...always, "scene_triggers", "scene_actions", "widgets"], oldest: ">=5.1.0" },
}

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value)
const listIn = (of: Json, key: string): ReadonlyArray<Json> => {
  const value = of[key]
  return Array.isArray(value) ? value.filter(isObject) : []
}

const configTypes = "string number boolean select multi_select secret oauth2 account_link section".split(" ")
const sceneTypes = "string number select multi_select section".split(" ")
const categories =
  "climate lighting energy security multimedia appliances environment protocols network notifications assistants services".split(
    " ",
  )

class Complaints {
  readonly list: Array<string> = []

  check(holds: boolean, complaint: string): void {
    if (!holds) this.list.push(complaint)
  }

  text(value: unknown, where: string, [least, most]: readonly [number, number] = [1, 1000]): void {
    if (!isObject(value)) return this.check(false, `${where} is in no language`)
    this.check(
      ["en", "fr"].every((language) => language in value),
      `${where} is not in both languages`,
    )
    for (const text of Object.values(value))
      this.check(
        typeof text === "string" && text.length >= least && text.length <= most,
        `${where} is too long`,
      )
  }

  unique(entries: ReadonlyArray<Json>, where: string, [least, most]: readonly [number, number]): void {
    this.check(entries.length >= least && entries.length <= most, `${where} are not ${least} to ${most}`)
    const keys = entries.map(({ key }) => String(key))
    for (const key of keys) this.check(/^[a-z0-9_]{1,40}$/.test(key), `${where}: ${key} is no key`)
    this.check(new Set(keys).size === keys.length, `${where} have a key twice`)
  }

  fields(entries: ReadonlyArray<Json>, where: string, types: ReadonlyArray<string>): void {
    this.unique(entries, where, [0, 50])
    for (const field of entries) {
      const at = `${where}.${String(field["key"])}`
      const type = String(field["type"])
      this.check(types.includes(type), `${at} has the type ${type}`)
      this.text(field["label"], `${at}.label`)
      if ("description" in field) this.text(field["description"], `${at}.description`)
      if ("placeholder" in field)
        this.check(["string", "number", "secret"].includes(type), `${at} may have no placeholder`)
      if (type === "section")
        this.check(!["required", "default"].some((key) => key in field), `${at} holds no value`)
      const options = listIn(field, "options")
      if (["select", "multi_select"].includes(type) && !("source" in field)) {
        this.check(options.length > 0, `${at} has no options`)
        if ("default" in field)
          this.check(
            options.some(({ value }) => value === field["default"]),
            `${at}: its default is no option`,
          )
      }
      for (const link of listIn(field, "links"))
        this.check(String(link["url"]).startsWith("https://"), `${at} links to no https address`)
    }
  }
}

export const brokenRules = (manifest: Json, { fields, oldest }: Line): ReadonlyArray<string> => {
  const rules = new Complaints()
  for (const key of Object.keys(manifest)) rules.check(fields.includes(key), `${key} is not known`)
  rules.check(manifest["manifest_version"] === 1, "manifest_version is not 1")
  rules.check(manifest["type"] === "device", "type is not device")
  rules.check(/^.{3,30}$/.test(String(manifest["name"])), "name has not 3 to 30 characters")
  rules.text(manifest["description"], "description", [10, 100])
  rules.check(/^\d+\.\d+\.\d+$/.test(String(manifest["version"])), "version is no version")
  const image = /^[a-z0-9.-]+(\/[a-z0-9._-]+)+:[\w.-]+$/
  rules.check(image.test(String(manifest["docker_image"])), "docker_image has no tag")
  rules.check(manifest["gladys_version"] === oldest, `gladys_version is not ${oldest}`)
  rules.check(String(manifest["cover_image"]).startsWith("https://"), "cover_image has no https address")
  const known = Array.isArray(manifest["categories"]) ? manifest["categories"] : []
  rules.check(known.length >= 1 && known.length <= 3, "categories are not 1 to 3")
  for (const each of known) rules.check(categories.includes(String(each)), `${String(each)} is no category`)
  rules.fields(listIn(manifest, "config_schema"), "config_schema", configTypes)
  const actions = listIn(manifest, "actions")
  rules.unique(actions, "actions", [1, 10])
  rules.unique(listIn(manifest, "webhooks"), "webhooks", [1, 3])
  const [triggers, sceneActions] = [listIn(manifest, "scene_triggers"), listIn(manifest, "scene_actions")]
  rules.unique(triggers, "scene_triggers", [0, 20])
  rules.unique(sceneActions, "scene_actions", [0, 20])
  for (const each of [...actions, ...triggers, ...sceneActions]) {
    rules.text(each["label"], `${String(each["key"])}.label`)
    rules.fields(listIn(each, "fields"), `${String(each["key"])}.fields`, sceneTypes)
    const seconds = each["timeout_seconds"] ?? 30
    rules.check(Number(seconds) >= 5 && Number(seconds) <= 120, `${String(each["key"])} waits too long`)
  }
  for (const each of triggers) rules.unique(listIn(each, "variables"), "variables", [0, 20])
  const widgets = listIn(manifest, "widgets")
  rules.unique(widgets, "widgets", [0, 5])
  for (const each of widgets) {
    rules.text(each["label"], `${String(each["key"])}.label`, [3, 30])
    rules.fields(listIn(each, "settings"), `${String(each["key"])}.settings`, [...sceneTypes, "boolean"])
  }
  return rules.list
}
