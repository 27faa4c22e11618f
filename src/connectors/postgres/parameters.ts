/** Collects the bound values of one statement and names their places. */
export class Parameters {
  readonly values: unknown[] = []

  /** The placeholder of a value, cast to a type where one is given. */
  bind(value: unknown, type?: string): string {
    this.values.push(value)
    return type === undefined ? `$${this.values.length}` : `$${this.values.length}::${type}`
  }
}
