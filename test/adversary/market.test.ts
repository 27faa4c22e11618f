/** A marketplace: deals with two owners, agents beside the row's own people, keys that are no primary keys, columns that link and tell. */
import { expect, test } from 'vitest'
import { summary } from './summary.ts'
import { differenceOf, makeAdversary } from './vendor.ts'

const POLICY = `kept: 1
controller: { name: Torhaus Markt GmbH, country: DE, contact: privacy@torhaus.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  deal: { is: pd:Communication, words: what you agree on }
purposes:
  market: { is: dpv:ServiceProvision, basis: eu-gdpr:A6-1-b, uses: [email, name, deal] }
collection:
  signup: { from: subject, data: [email, name, deal], for: market }
rights:
  access: { within: P1M }
  erasure: { within: P1M }
`

const MAP = `store: market
connect: { read: env:MARKET, execute: env:MARKET }
country: DE
tables:
  traders:
    for: market
    person: { key: { email: { column: mail, fold: true }, id: no } }
    fields: { mail: { is: email, erase: pseudonym }, full_name: { is: name, erase: clear }, country: none }
  deals:
    for: market
    people:
      seller: { key: seller, to: traders.no, erase: row, owns: true }
      buyer: { key: buyer, to: traders.no, erase: row, owns: true }
      witness: { key: witness, to: traders.no, erase: row }
      agent: { key: agent, to: traders.no, erase: keep-link }
    fields:
      seller_note: { is: deal, of: seller, erase: clear }
      buyer_note: { is: deal, of: buyer, erase: clear }
      witness_mail: { is: email, of: witness, erase: clear }
      agent_mail: { is: email, of: agent }
      talk: { is: deal, erase: redact }
      sent_to: { is: email, erase: clear }
  reviews:
    for: market
    people: { writer: { key: writer, to: traders.no, erase: part } }
    fields: { slug: none, body: { is: deal, erase: redact }, stars: none }
  offers:
    for: market
    people: { seller: { key: seller, to: traders.no, erase: row } }
    fields: { title: { is: deal, erase: redact } }
`

// Reviews have a unique key of two columns and no primary key; traders a unique index with a column along; offers a child table.
const SQL = `
CREATE DOMAIN trader_no AS bigint NOT NULL;
CREATE TABLE traders (no trader_no, mail text NOT NULL, full_name text, country char(2) DEFAULT 'DE');
CREATE UNIQUE INDEX traders_key ON traders (no) INCLUDE (mail);
CREATE TABLE deals (id int PRIMARY KEY, seller bigint, buyer bigint, witness bigint, agent bigint, seller_note text, buyer_note text,
  witness_mail text, agent_mail text, talk text, sent_to text);
CREATE TABLE reviews (writer bigint NOT NULL, slug text NOT NULL, body text, stars int, UNIQUE (slug, writer));
CREATE TABLE offers (id int PRIMARY KEY, seller bigint, title text);
CREATE TABLE special_offers () INHERITS (offers);
INSERT INTO traders SELECT i, 'T' || i || '@Torhaus.example', 'Trader Nr' || i FROM generate_series(1, 30) i;
INSERT INTO deals (id, seller, buyer, witness, agent, seller_note, buyer_note, witness_mail, agent_mail, talk, sent_to) VALUES
  (1, 4, 5, 6, 7, 'mine', 'theirs', 't6@torhaus.example', 't7@torhaus.example', 'deal of t4@torhaus.example and t5@torhaus.example', 't5@torhaus.example'),
  (2, 4, 4, 6, 7, 'mine', 'mine too', 't6@torhaus.example', 't7@torhaus.example', 'with myself', 't4@torhaus.example'),
  (3, 4, NULL, 6, 7, 'mine', NULL, 't6@torhaus.example', 't7@torhaus.example', 'nobody took it', NULL),
  (4, 8, 9, 4, 7, 'eight', 'nine', 'T4@torhaus.example', 't7@torhaus.example', 'seen by t4@torhaus.example', 't8@torhaus.example'),
  (5, 8, 9, 6, 4, 'eight wrote to t4@torhaus.example', 'nine', 't6@torhaus.example', 't4@torhaus.example', 'not about anybody', 't4@torhaus.example'),
  (6, 9, 8, 6, 7, 'nine', 'eight', 't6@torhaus.example', 't7@torhaus.example', 'about lots', 't8@torhaus.example');
INSERT INTO reviews SELECT 1 + i % 30, 'thing-' || i, 'by t' || 1 + i % 30 || '@torhaus.example', i % 5 FROM generate_series(1, 60) i;
INSERT INTO reviews VALUES (9, 'thing-99', 'better than t4@torhaus.example says', 5);
INSERT INTO offers SELECT i, 1 + i % 30, 'Offer ' || i FROM generate_series(1, 60) i;
INSERT INTO special_offers SELECT 100 + i, 1 + i % 30, 'Special ' || i FROM generate_series(1, 30) i;
`

test('with two owners a deal is shared; each cell goes with whom the map says it is of', async () => {
  const vendor = await makeAdversary('market', POLICY, { market: { sql: SQL, map: MAP } })
  try {
    expect((await vendor.run(['check'])).out).toContain('hold together')
    const before = await vendor.rows('market')
    const asked = ['erase', '--identity', 'email=t4@torhaus.example']
    const preview = await vendor.request([...asked, '--preview'])
    const done = await vendor.request([...asked, '--approve-by', 'jo'])
    expect(done.stores[0]?.tables, summary(done)).toEqual(preview.stores[0]?.tables)
    const left = done.proof?.residual.map((one) => `${one.table}.${one.column} ${one.class}`).sort()
    // An agent's own cell is kept with the link; what others wrote, and where their mail went, is theirs.
    expect([...new Set(left)]).toEqual([
      'deals.agent_mail kept',
      'deals.seller_note other-person',
      'deals.sent_to other-person',
    ])
    expect(done.state, summary(done)).toBe('done')
    const changed = differenceOf(before, await vendor.rows('market'))
    expect(changed['public.deals']?.gone.map((row) => row.slice(0, 3))).toEqual(['(1,', '(2,', '(3,', '(4,'])
    expect(changed['public.deals']?.come).toEqual([
      '(1,4,5,6,7,,theirs,t6@torhaus.example,t7@torhaus.example,"deal of [erased] and t5@torhaus.example",t5@torhaus.example)',
      '(4,8,9,4,7,eight,nine,,t7@torhaus.example,"seen by [erased]",t8@torhaus.example)',
    ])
    expect(changed['public.reviews']?.come.sort()).toEqual([
      '(4,thing-3,"by [erased]",3)',
      '(4,thing-33,"by [erased]",3)',
      '(9,thing-99,"better than [erased] says",5)',
    ])
    expect(changed['public.offers']).toEqual({ gone: ['(3,4,"Offer 3")', '(33,4,"Offer 33")'], come: [] })
    expect(changed['public.special_offers']).toEqual({ gone: ['(103,4,"Special 3")'], come: [] })
    expect(changed['public.traders']?.gone).toEqual(['(4,T4@Torhaus.example,"Trader Nr4",DE)'])
  } finally {
    await vendor.close()
  }
})

test('breach: a child table that says once more whose its rows are is an error that forbids erasing', async () => {
  const twice = `${MAP}  special_offers:
    for: market
    people: { seller: { key: seller, to: traders.no, erase: row } }
    fields: { title: { is: deal, erase: redact } }
`
  const vendor = await makeAdversary('market3', POLICY, { market: { sql: SQL, map: twice } })
  try {
    const before = await vendor.rows('market')
    expect((await vendor.run(['check'])).out).toContain('store.child-mapped')
    const refused = await vendor.request(['erase', '--identity', 'email=t4@torhaus.example', '--approve-by', 'jo'])
    expect(refused.state).toBe('awaiting-approval')
    expect(refused.stores[0]?.obstacles.map(({ code }) => code)).toEqual(['store.child-mapped'])
    expect(differenceOf(before, await vendor.rows('market'))).toEqual({})
  } finally {
    await vendor.close()
  }
})

test('breach: a review put back is named by its own key and found, though its table has no primary key', async () => {
  const vendor = await makeAdversary('market2', POLICY, { market: { sql: SQL, map: MAP } })
  try {
    await vendor.query(
      'market',
      `CREATE FUNCTION put_back() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.body := OLD.body || '!'; RETURN NEW; END $$;
       CREATE TRIGGER back BEFORE UPDATE ON reviews FOR EACH ROW WHEN (OLD.writer = 4) EXECUTE FUNCTION put_back()`,
    )
    const open = await vendor.request(['erase', '--identity', 'email=t4@torhaus.example', '--approve-by', 'jo'])
    expect(open.state, summary(open)).toBe('open')
    const missed = open.proof?.residual.filter((one) => one.class === 'missed').map((one) => one.key)
    expect([...new Set(missed)].sort()).toEqual(['["thing-3","4"]', '["thing-33","4"]'])
  } finally {
    await vendor.close()
  }
})
