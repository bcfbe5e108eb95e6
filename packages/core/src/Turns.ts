/** Runs promises one after another, whether the earlier ones succeeded or not. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  take<A>(act: () => Promise<A>): Promise<A> {
    const done = this.#last.then(act)
    this.#last = done.catch(() => undefined)
    return done
  }
}
