import type { Found, Subject } from '../../connector.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { findPeople as findIn } from '../relational/find.ts'
import { findCandidates } from './candidate.ts'
import { harvestLinked } from './harvest.ts'
import type { Layout } from './layout.ts'
import { findMentions } from './mention.ts'
import { readRecords } from './person-record.ts'

/** Finds these people in the store of one session. */
export function findPeople(session: SqlSession, layout: Layout, subjects: readonly Subject[]): Promise<Found[]> {
  return findIn(
    {
      records: (table, persons, asked) => readRecords(session, layout, table, persons, asked),
      linked: (people) => harvestLinked(session, layout, people),
      mentions: (identities, tenants) => findMentions(session, layout, identities, tenants),
      candidates: (persons, hinted) => findCandidates(session, persons, hinted),
    },
    layout,
    subjects,
  )
}
