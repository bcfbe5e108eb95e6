import { Schema } from "effect"
import type { PageLanguage } from "../pageLanguage.ts"
import { hubSilent, invitationOver, invitationUnclear } from "./pageTexts.ts"

/** The plugin's setting `hub`. */
const HubSetting = Schema.Struct({ url: Schema.String, key: Schema.String })
type HubSetting = typeof HubSetting.Type
const isHubSetting = Schema.is(HubSetting)

const answersWithin = 10_000

const httpUrl = (text: string): URL | null => {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && /^https?:$/.test(url.protocol) ? url : null
}

/**
 * What belongs in the settings, from what someone was sent: the link of an invitation, whose key is fetched (it is
 * answered once), or the hub's address and a key. Fails with a sentence for the user.
 */
export const hubOfInvitation = async (pasted: string, language: PageLanguage): Promise<HubSetting> => {
  const [first = "", key, ...more] = pasted.trim().split(/[\s,;]+/)
  const url = httpUrl(first)
  if (url === null || more.length > 0) throw new Error(invitationUnclear[language])
  if (key !== undefined) return { url: first.replace(/\/+$/, ""), key }
  if (!/\/join\/[\w-]+$/.test(url.pathname)) throw new Error(invitationUnclear[language])
  return fetchKey(url, language)
}

const fetchKey = async (invitation: URL, language: PageLanguage): Promise<HubSetting> => {
  const answer = await fetch(`${invitation.origin}${invitation.pathname}/key`, {
    method: "POST",
    signal: AbortSignal.timeout(answersWithin),
  }).catch(() => null)
  if (answer === null || answer.status >= 500)
    throw new Error(hubSilent[language].replace("{hub}", invitation.origin))
  const body: unknown = await answer.json().catch(() => null)
  if (!answer.ok || !isHubSetting(body)) throw new Error(invitationOver[language])
  return { url: body.url, key: body.key }
}
