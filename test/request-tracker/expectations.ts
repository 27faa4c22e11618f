// What Request Tracker takes for granted of its own database (lib/RT/Shredder and rt-validator name the same).
import type pg from 'pg'

/** Each query counts rows that break an expectation: 0 in a sound database. */
const broken: Readonly<Record<string, string>> = {
  'a ticket has its four role groups': `SELECT count(*) FROM tickets t WHERE (SELECT count(DISTINCT g.name) FROM groups g
    WHERE g.domain = 'RT::Ticket-Role' AND g.instance = t.id AND g.name IN ('Requestor', 'Cc', 'AdminCc', 'Owner')) <> 4`,
  'a ticket has an owner': `SELECT count(*) FROM tickets t WHERE NOT EXISTS (SELECT 1 FROM groups g JOIN groupmembers m ON m.groupid = g.id
    WHERE g.domain = 'RT::Ticket-Role' AND g.instance = t.id AND g.name = 'Owner' AND m.memberid = t.owner)`,
  'a merged ticket leads to a ticket':
    'SELECT count(*) FROM tickets t WHERE NOT EXISTS (SELECT 1 FROM tickets e WHERE e.id = t.effectiveid)',
  'a member is a principal':
    'SELECT count(*) FROM groupmembers m WHERE NOT EXISTS (SELECT 1 FROM principals p WHERE p.id = m.memberid)',
  'a membership has its group':
    'SELECT count(*) FROM groupmembers m WHERE NOT EXISTS (SELECT 1 FROM groups g WHERE g.id = m.groupid)',
  'a membership is cached': `SELECT count(*) FROM groupmembers m WHERE NOT EXISTS (SELECT 1 FROM cachedgroupmembers c
    WHERE c.groupid = m.groupid AND c.memberid = m.memberid)`,
  'a cached member is a principal':
    'SELECT count(*) FROM cachedgroupmembers c WHERE NOT EXISTS (SELECT 1 FROM principals p WHERE p.id = c.memberid)',
  'a user is a principal': `SELECT count(*) FROM users u WHERE NOT EXISTS (SELECT 1 FROM principals p WHERE p.id = u.id AND p.principaltype = 'User')`,
  'a principal is a user or a group': `SELECT count(*) FROM principals p WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.id = p.id)
    AND NOT EXISTS (SELECT 1 FROM groups g WHERE g.id = p.id)`,
  'a user has the group that stands for them': `SELECT count(*) FROM users u WHERE NOT EXISTS (SELECT 1 FROM groups g JOIN groupmembers m ON m.groupid = g.id
    WHERE g.domain = 'ACLEquivalence' AND g.instance = u.id AND m.memberid = u.id)`,
  'a user has a name of their own': `SELECT count(*) FROM users u WHERE coalesce(u.name, '') = '' OR EXISTS (SELECT 1 FROM users o WHERE o.id <> u.id AND lower(o.name) = lower(u.name))`,
  'an address is an address': `SELECT count(*) FROM users WHERE emailaddress <> '' AND emailaddress !~ '^[^@[:space:]]+@[^@[:space:]]+$'`,
  'a ticket’s transaction has its ticket': `SELECT count(*) FROM transactions x WHERE x.objecttype = 'RT::Ticket' AND NOT EXISTS (SELECT 1 FROM tickets t WHERE t.id = x.objectid)`,
  'a ticket was created': `SELECT count(*) FROM tickets t WHERE NOT EXISTS (SELECT 1 FROM transactions x
    WHERE x.objecttype = 'RT::Ticket' AND x.objectid = t.id AND x.type = 'Create' AND x.created IS NOT NULL)`,
  'a message has its transaction':
    'SELECT count(*) FROM attachments a WHERE NOT EXISTS (SELECT 1 FROM transactions x WHERE x.id = a.transactionid)',
  'a part has its message':
    'SELECT count(*) FROM attachments a WHERE a.parent <> 0 AND NOT EXISTS (SELECT 1 FROM attachments p WHERE p.id = a.parent)',
  'an indexed message exists':
    'SELECT count(*) FROM attachmentsindex i WHERE NOT EXISTS (SELECT 1 FROM attachments a WHERE a.id = i.id)',
  'a custom value that the history names exists': `SELECT count(*) FROM transactions x WHERE x.referencetype = 'RT::ObjectCustomFieldValue'
    AND x.newreference IS NOT NULL AND NOT EXISTS (SELECT 1 FROM objectcustomfieldvalues v WHERE v.id = x.newreference)`,
  'a link has both its ends': `SELECT count(*) FROM links WHERE coalesce(base, '') = '' OR coalesce(target, '') = ''`,
  'base64 is base64': `SELECT count(*) FROM attachments WHERE contentencoding = 'base64' AND content !~ '^[A-Za-z0-9+/=[:space:]]*$'`,
}

/** Names of expectations that do not hold, with how many rows break them. */
export async function brokenExpectations(sql: pg.Client): Promise<string[]> {
  const found: string[] = []
  for (const [name, query] of Object.entries(broken)) {
    const { rows } = await sql.query<{ count: string }>(query)
    if (rows[0]?.count !== '0') found.push(`${name}: ${rows[0]?.count}`)
  }
  return found
}

/** People, numbers and history of every ticket, without any text: equal before and after an erasure. */
export async function ticketSkeleton(sql: pg.Client): Promise<unknown> {
  const { rows } = await sql.query(`SELECT md5(string_agg(line, E'\\n' ORDER BY line)) AS sum, count(*) AS lines FROM (
    SELECT 'ticket ' || concat_ws(' ', id, effectiveid, queue, type, owner, status, priority, created, lastupdated) AS line FROM tickets
    UNION ALL SELECT 'role ' || concat_ws(' ', g.instance, g.domain, g.name, m.memberid) FROM groups g JOIN groupmembers m ON m.groupid = g.id
    UNION ALL SELECT 'transaction ' || concat_ws(' ', id, objecttype, objectid, type, field, creator, created) FROM transactions
    UNION ALL SELECT 'message ' || concat_ws(' ', id, transactionid, parent, contenttype, contentencoding, creator, created) FROM attachments
    UNION ALL SELECT 'link ' || concat_ws(' ', id, type, localbase, localtarget) FROM links) l`)
  return rows[0]
}

/** Accounts, their tickets and all of their history, as `table id`. */
export async function rowsOfUsers(sql: pg.Client, users: readonly string[]): Promise<string[]> {
  const { rows } = await sql.query<{ place: string }>(
    `WITH theirs AS (SELECT g.instance AS id FROM groups g JOIN groupmembers m ON m.groupid = g.id
       WHERE g.domain = 'RT::Ticket-Role' AND g.name = 'Requestor' AND m.memberid = ANY($1::int[])),
     history AS (SELECT x.id FROM transactions x WHERE (x.objecttype = 'RT::Ticket' AND x.objectid IN (SELECT id FROM theirs))
       OR (x.objecttype = 'RT::User' AND x.objectid = ANY($1::int[])))
     SELECT 'users ' || id AS place FROM users WHERE id = ANY($1::int[]) UNION ALL SELECT 'tickets ' || id FROM theirs
     UNION ALL SELECT 'transactions ' || id FROM history
     UNION ALL SELECT 'attachments ' || id FROM attachments WHERE transactionid IN (SELECT id FROM history)`,
    [users],
  )
  if (rows.length < 20) throw new Error('the people who must stay as they are were not found')
  return rows.map(({ place }) => place)
}

/** Those of the places that are among the changed rows. */
export function touched(places: readonly string[], changed: Readonly<Record<string, readonly number[]>>): string[] {
  return places.filter((place) => {
    const [table = '', id] = place.split(' ')
    return changed[table]?.includes(Number(id)) ?? false
  })
}
