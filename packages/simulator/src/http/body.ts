import type { IncomingMessage } from "node:http"

const largest = 1_000_000

export const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Array<Buffer> = []
  let size = 0
  for await (const chunk of request) {
    const bytes: Buffer = chunk
    size += bytes.length
    if (size > largest) throw new Error("The request is larger than 1 MB.")
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString("utf8")
}

const partName = /name="([^"]+)"/

/** The text fields of a multipart body. */
const multipartFields = (body: string, boundary: string): Array<[string, string]> =>
  body.split(`--${boundary}`).flatMap((part): Array<[string, string]> => {
    const [head = "", ...rest] = part.split("\r\n\r\n")
    const name = partName.exec(head)?.[1]
    return name === undefined ? [] : [[name, rest.join("\r\n\r\n").replace(/\r\n$/, "")]]
  })

/**
 * The parameters of a request: from the query, and from a form or multipart body, which takes precedence. Clients use
 * all of them, and the real cloud accepts all of them.
 */
export const paramsOf = (query: URLSearchParams, contentType: string, body: string): Map<string, string> => {
  const params = new Map<string, string>(query)
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1]
  const fields = boundary === undefined ? new URLSearchParams(body) : multipartFields(body, boundary)
  for (const [name, value] of fields) params.set(name, value)
  return params
}
