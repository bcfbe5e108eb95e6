/** Matter's strings are measured in bytes of UTF-8. What has to be cut is cut before `end`. */
export const within32Bytes = (text: string, end = ""): string => {
  let kept = ""
  let bytes = bytesOf(end)
  for (const character of text) {
    bytes += bytesOf(character)
    if (bytes > 32) break
    kept += character
  }
  return kept + end
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length
