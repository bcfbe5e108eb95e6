/** HomeKit cuts or refuses longer names. */
const longest = 64

const spoken: ReadonlyArray<readonly [RegExp, string]> = [
  [/\+/g, " Plus "],
  [/&/g, " and "],
  [/%/g, " percent "],
  [/°/g, " "],
  [/[’‘`´]/g, "'"],
]

/**
 * A name within HomeKit's rules: letters, digits, spaces and apostrophes, beginning and ending with a letter or
 * digit, two characters at least. "Body+ (Ann)" becomes "Body Plus Ann".
 */
export const homeKitName = (name: string): string => {
  const said = spoken.reduce((text, [sign, word]) => text.replace(sign, word), name.normalize("NFC"))
  const allowed = said
    .replace(/[^\p{L}\p{N}' ]/gu, " ")
    .replace(/ +/g, " ")
    .replace(/^[' ]+|[' ]+$/g, "")
  const short = [...allowed]
    .slice(0, longest)
    .join("")
    .replace(/[' ]+$/, "")
  if ([...short].length >= 2) return short
  return short === "" ? "Withings" : `Withings ${short}`
}
