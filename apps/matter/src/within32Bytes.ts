const encoder = new TextEncoder()

/** Matter's strings are measured in bytes of UTF-8. A text that is too long is cut before `end`, at a whole character. */
export const within32Bytes = (text: string, end = ""): string => {
  const { read } = encoder.encodeInto(text, new Uint8Array(32 - encoder.encode(end).length))
  return text.slice(0, read) + end
}
