import type { Role } from './who.ts'

/** Who does what, once: routes name a group, never a list of their own. */
type Group = readonly [Role, ...Role[]]

/** Everybody of the staff: what holds no person's data. */
export const anyStaff: Group = ['administrator', 'privacy-officer', 'agent', 'auditor', 'store-owner']
/** Who answers people. */
export const answering: Group = ['administrator', 'privacy-officer', 'agent']
/** Who answers people, and who checks them: what the auditor sees names no rows. */
export const answeringOrAuditing: Group = ['administrator', 'privacy-officer', 'agent', 'auditor']
/** Who is responsible for what is done. */
export const responsible: Group = ['administrator', 'privacy-officer']
/** Who knows the stores. */
export const ofStores: Group = ['administrator', 'privacy-officer', 'store-owner']
export const ofStoresOrAuditing: Group = ['administrator', 'privacy-officer', 'store-owner', 'auditor']
/** Who checks the evidence. */
export const auditing: Group = ['administrator', 'privacy-officer', 'auditor']
/** Who says who else may. */
export const administering: Group = ['administrator']
