const unescaped = (text: string) =>
  text.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&#39;", "'")

/** Agrees on Withings' page like a person, and answers where it redirects to. */
export const agree = async (authorizeUrl: string, person: string): Promise<string> => {
  const page = await (await fetch(authorizeUrl)).text()
  const action = /<form[^>]*action="([^"]*)"/u.exec(page)?.[1] ?? ""
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/gu)]
  const fields = hidden.map(([, name = "", value = ""]): [string, string] => [
    unescaped(name),
    unescaped(value),
  ])
  const answer = await fetch(new URL(unescaped(action), authorizeUrl), {
    method: "POST",
    body: new URLSearchParams([...fields, ["person", person], ["decision", "authorize"]]),
    redirect: "manual",
  })
  return answer.headers.get("location") ?? ""
}
