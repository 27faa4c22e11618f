import { z } from 'zod'

/** A key of Fideslang: letters, digits and `_ . < > -`. */
const key = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[\w.<>-]+$/)
const keys = z.array(key).max(1000).nullish()
const words = z.coerce.string().max(10_000).nullish()

const reference = z.looseObject({
  dataset: key,
  field: z.string().max(600),
  direction: z.enum(['from', 'to']).nullish(),
})

const fieldMeta = z.looseObject({
  references: z.array(reference).max(1000).nullish(),
  identity: z.string().max(200).nullish(),
  primary_key: z.boolean().nullish(),
  read_only: z.boolean().nullish(),
  masking_strategy_override: z.looseObject({ strategy: z.string().max(200) }).nullish(),
})

export interface FideslangField {
  readonly name: string
  readonly data_categories?: readonly string[] | null | undefined
  readonly fides_meta?: z.output<typeof fieldMeta> | null | undefined
  readonly fidesops_meta?: z.output<typeof fieldMeta> | null | undefined
  readonly fields?: readonly FideslangField[] | null | undefined
}

const field: z.ZodType<FideslangField> = z.looseObject({
  name: z.coerce.string().min(1).max(300),
  data_categories: keys,
  fides_meta: fieldMeta.nullish(),
  fidesops_meta: fieldMeta.nullish(),
  get fields() {
    return z.array(field).max(5000).nullish()
  },
})

const collection = z.looseObject({
  name: z.string().min(1).max(300),
  data_categories: keys,
  fields: z.array(field).max(5000),
  fides_meta: z
    .looseObject({ masking_strategy_override: z.looseObject({ strategy: z.string().max(200) }).nullish() })
    .nullish(),
})

/** A dataset: the collections of one data system, with what each field holds. */
export const fideslangDataset = z.looseObject({
  fides_key: key,
  name: words,
  data_categories: keys,
  collections: z.array(collection).max(10_000),
})

const flow = z.looseObject({ fides_key: key, type: z.string().max(50), data_categories: keys })

const declaration = z.looseObject({
  name: words,
  data_use: key,
  data_categories: z.array(key).max(1000),
  data_subjects: keys,
  dataset_references: keys,
  legal_basis_for_processing: words,
  impact_assessment_location: words,
  retention_period: words,
  special_category_legal_basis: words,
  data_shared_with_third_parties: z.boolean().nullish(),
  third_parties: words,
  shared_categories: z.array(z.string().max(300)).max(1000).nullish(),
})

/** A system: an application or somebody else's, and what it uses which data for. */
export const fideslangSystem = z.looseObject({
  fides_key: key,
  name: words,
  system_type: words,
  vendor_id: words,
  legal_name: words,
  legal_address: words,
  dpo: words,
  responsibility: z.array(z.string().max(50)).max(10).nullish(),
  dataset_references: keys,
  egress: z.array(flow).max(1000).nullish(),
  does_international_transfers: z.boolean().nullish(),
  legal_basis_for_transfers: z.array(z.string().max(200)).max(100).nullish(),
  data_security_practices: words,
  uses_cookies: z.boolean().nullish(),
  cookie_max_age_seconds: z.number().min(0).max(1e12).nullish(),
  privacy_declarations: z.array(declaration).max(1000),
})

const contact = z.looseObject({ name: words, address: words, email: words, phone: words }).nullish()

export const fideslangOrganization = z.looseObject({
  fides_key: key,
  name: words,
  controller: contact,
  data_protection_officer: contact,
  representative: contact,
})

export type FideslangDataset = z.output<typeof fideslangDataset>
export type FideslangCollection = z.output<typeof collection>
export type FideslangSystem = z.output<typeof fideslangSystem>
export type FideslangDeclaration = z.output<typeof declaration>
export type FideslangOrganization = z.output<typeof fideslangOrganization>
