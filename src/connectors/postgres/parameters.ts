/** Collects the bound values of one statement and names their places. */
export class Parameters {
  readonly values: unknown[] = []
  readonly #types: (string | undefined)[] = []

  /** The placeholder of a value, cast to a type where one is given. */
  bind(value: unknown, type?: string): string {
    this.values.push(value)
    this.#types.push(type)
    return type === undefined ? `$${this.values.length}` : `$${this.values.length}::${type}`
  }

  /** A CTE that is never executed and names the type of every place: the server refuses a place that no text uses. */
  types(): string {
    const places = this.#types.map((type, index) => `$${index + 1}::${type ?? 'text'}`)
    return `bound AS (SELECT ${places.join(', ') || 'NULL'})`
  }
}
