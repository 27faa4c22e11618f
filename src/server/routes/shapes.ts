import { z } from 'zod'

/** Shapes that several routes use; each text is bounded. */

export const id = z
  .string()
  .regex(/^[0-9a-hjkmnp-tv-z]{12}$/)
  .describe('id that Kept made: 12 letters and digits')
export const storeName = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/)
export const dayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const text = (most: number) => z.string().min(1).max(most)

export const identity = z.strictObject({
  kind: z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,127}$/),
  value: text(1000),
  store: storeName.optional(),
})

export const storeRow = z.strictObject({
  store: storeName,
  table: text(256),
  key: text(4000).describe('as the preview shows it: a JSON array of texts'),
})

export const limit = z.coerce.number().int().min(1).max(500).default(50)
export const cursor = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .optional()
  .describe('`next` of the page before')

/** A list given once or several times in the query. */
export const severally = <T extends z.ZodType>(one: T) =>
  z
    .union([one, z.array(one).max(20)])
    .optional()
    .transform((given) =>
      given === undefined ? undefined : Array.isArray(given) ? (given as z.output<T>[]) : [given as z.output<T>],
    )

/** Plain JSON that the engine itself shapes. */
export const anything = z.unknown()
