/**
 * The program of the reader thread, as text, because every app is bundled into one file. Each query has its own
 * connection, so that it sees the current store. Rows are sent in batches, on request.
 */
export const readerThread = `
const { parentPort, workerData } = require("node:worker_threads")
const { DatabaseSync } = require("node:sqlite")
const queries = new Map()

const begin = ({ id, params, sql }) => {
  const database = new DatabaseSync(workerData.path, { readOnly: true, timeout: 10000 })
  const query = { database, rows: null }
  queries.set(id, query)
  database.exec("PRAGMA cache_size = -500")
  query.rows = database.prepare(sql).iterate(...params)
  return query
}

const end = (id) => {
  queries.get(id)?.database.close()
  queries.delete(id)
}

const answer = (asked) => {
  const query = queries.get(asked.id) ?? begin(asked)
  const rows = []
  while (rows.length < workerData.rowsAtOnce) {
    const next = query.rows.next()
    if (next.done) {
      end(asked.id)
      return { id: asked.id, rows, done: true }
    }
    rows.push(next.value)
  }
  return { id: asked.id, rows, done: false }
}

parentPort.on("message", (asked) => {
  if (asked.end) return end(asked.id)
  try {
    parentPort.postMessage(answer(asked))
  } catch (error) {
    end(asked.id)
    parentPort.postMessage({ id: asked.id, failed: error })
  }
})
`
