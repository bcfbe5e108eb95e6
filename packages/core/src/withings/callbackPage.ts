const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)

/** What someone sees when they come back from Withings. It loads nothing, so that the code in its address leaks nowhere. */
export const callbackPage = (title: string, text: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Withings Bridge</title>
<style>
  body { font: 18px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem; color-scheme: light dark; }
</style>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>
</html>
`
