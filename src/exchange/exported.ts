/** A file of another format, as text. */
export interface ExchangeFile {
  readonly name: string
  readonly text: string
}

/** A part of the policy that the other format cannot say or does not get, and why. */
export interface Loss {
  /** Path in the policy or store map, e.g. `tracking.analytics`. */
  readonly path: string
  readonly what: string
}

/** A policy in another format. `lost`: said here and not there; `missing`: asked there and not said here. */
export interface Exported {
  readonly files: readonly ExchangeFile[]
  readonly lost: readonly Loss[]
  readonly missing: readonly Loss[]
}
