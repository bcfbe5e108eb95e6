/**
 * The program of the thread that reads for charts and exports, as text: every app is bundled into one file, and a
 * thread can be started from a text without a second one. Each query has a connection of its own, so that none sees the
 * store as it was when another one began. Rows are sent some at a time, when they are asked for.
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
