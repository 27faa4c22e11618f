/** A forum: private messages between two people, self-references, soft deletes, counters kept by triggers. */
import { expect, test } from 'vitest'
import { summary } from './summary.ts'
import { differenceOf, makeAdversary, rowsWith } from './vendor.ts'

const POLICY = `kept: 1
controller: { name: Moosgrund Forum GmbH, country: DE, contact: privacy@moosgrund.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  post: { is: pd:Communication, words: what you write }
  ip: { is: pd:IPAddress }
purposes:
  forum: { is: dpv:ServiceProvision, basis: eu-gdpr:A6-1-b, uses: [email, name, post, ip] }
collection:
  signup: { from: subject, data: [email, name, post, ip], needed: [email], for: forum }
rights:
  access: { within: P1M }
  erasure: { within: P1M }
`

const MAP = `store: forum
connect: { read: env:FORUM, execute: env:FORUM }
country: DE
tables:
  members:
    for: forum
    person: { key: { email: { column: email, fold: true }, id: id }, hint: { name: nick } }
    people:
      inviter: { key: invited_by, to: members.id, erase: part }
    fields:
      email: { is: email, erase: pseudonym }
      nick: { is: name, erase: pseudonym }
      signature: { is: post, erase: clear }
      last_ip: { is: ip, erase: clear }
      invited_by: { is: name, erase: clear, of: inviter }
      posts: none
      likes_got: none
      deleted: none
  threads:
    for: forum
    people:
      starter: { key: starter_id, to: members.id, erase: part }
      last: { key: last_poster, to: members.id, erase: keep-link }
    fields:
      title: { is: post, erase: redact }
      replies: none
  posts:
    for: forum
    people:
      author: { key: author_id, to: members.id, erase: part }
    fields:
      thread_id: none
      parent_id: none
      body: { is: post, erase: clear }
      ip: { is: ip, erase: clear }
      deleted: none
      edited_by: none
  likes:
    for: forum
    people:
      liker: { key: member_id, to: members.id, erase: row }
    fields: { post_id: none }
    allow: { triggers: [likes_count] }
  pms:
    for: forum
    people:
      sender: { key: from_id, to: members.id, erase: part }
      receiver: { key: to_id, to: members.id, erase: part }
    fields:
      subject: { is: post, of: sender, erase: redact }
      body: { is: post, of: sender, erase: clear }
      read_ip: { is: ip, of: receiver, erase: clear }
      sent_ip: { is: ip, of: sender, erase: clear }
  follows:
    for: forum
    people:
      follower: { key: a, to: members.id, erase: row, owns: true }
      followed: { key: b, to: members.id, erase: row, owns: true }
`

const SQL = `
CREATE TABLE members (id serial PRIMARY KEY, email text UNIQUE NOT NULL, nick varchar(40) UNIQUE NOT NULL, signature text,
  last_ip inet, invited_by int REFERENCES members ON DELETE SET NULL, posts int NOT NULL DEFAULT 0, likes_got int NOT NULL DEFAULT 0, deleted boolean DEFAULT false);
CREATE TABLE threads (id serial PRIMARY KEY, starter_id int REFERENCES members ON DELETE CASCADE, last_poster int REFERENCES members ON DELETE SET NULL, title text, replies int DEFAULT 0);
CREATE TABLE posts (id serial PRIMARY KEY, thread_id int REFERENCES threads ON DELETE CASCADE, parent_id int REFERENCES posts ON DELETE CASCADE,
  author_id int REFERENCES members ON DELETE CASCADE, body text, ip inet, deleted boolean DEFAULT false, edited_by text);
CREATE TABLE likes (member_id int REFERENCES members ON DELETE CASCADE, post_id int REFERENCES posts ON DELETE CASCADE, PRIMARY KEY (member_id, post_id));
CREATE TABLE pms (id serial PRIMARY KEY, from_id int, to_id int, subject text, body text, read_ip inet, sent_ip inet);
CREATE TABLE follows (a int REFERENCES members, b int REFERENCES members, PRIMARY KEY (a, b));
CREATE FUNCTION count_likes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE members SET likes_got = likes_got - 1 WHERE id = (SELECT author_id FROM posts WHERE id = OLD.post_id);
  RETURN OLD;
END $$;
INSERT INTO members (email, nick, signature, last_ip, invited_by)
  SELECT 'Member' || i || '@Forum.example', 'nick' || i, 'greets nick' || i, ('198.51.100.' || i)::inet, CASE WHEN i > 1 THEN i / 2 END FROM generate_series(1, 40) i;
INSERT INTO threads (starter_id, last_poster, title) SELECT 1 + i % 40, 1 + (i * 7) % 40, 'Thread ' || i FROM generate_series(1, 40) i;
UPDATE threads SET title = 'I am nick7, member7@forum.example' WHERE id = 6;
INSERT INTO posts (thread_id, parent_id, author_id, body, ip)
  SELECT 1 + i % 40, CASE WHEN i > 40 THEN i - 40 END, 1 + (i * 3) % 40, 'post ' || i || ' of nick' || 1 + (i * 3) % 40, ('198.51.100.' || 1 + (i * 3) % 40)::inet FROM generate_series(1, 200) i;
INSERT INTO posts (thread_id, author_id, body, ip, deleted) VALUES (1, 7, 'soft deleted, member7@forum.example', '198.51.100.7', true);
INSERT INTO likes SELECT DISTINCT 1 + (i * 11) % 40, 1 + i % 200 FROM generate_series(1, 300) i;
UPDATE members m SET likes_got = (SELECT count(*) FROM likes JOIN posts ON posts.id = post_id WHERE author_id = m.id);
CREATE TRIGGER likes_count AFTER DELETE ON likes FOR EACH ROW EXECUTE FUNCTION count_likes();
INSERT INTO pms (from_id, to_id, subject, body, read_ip, sent_ip)
  SELECT 1 + i % 40, 1 + (i * 7) % 40, 'hello from nick' || 1 + i % 40, 'secret ' || i, ('198.51.100.' || 1 + (i * 7) % 40)::inet, ('198.51.100.' || 1 + i % 40)::inet FROM generate_series(1, 120) i;
INSERT INTO follows SELECT DISTINCT 1 + i % 40, 1 + (i * 13) % 40 FROM generate_series(1, 200) i;
`

test('a member goes; nobody who wrote to her loses a word', async () => {
  const vendor = await makeAdversary('forum', POLICY, { forum: { sql: SQL, map: MAP } })
  try {
    expect((await vendor.run(['check'])).code).toBe(0)
    const before = await vendor.rows('forum')
    const asked = ['erase', '--identity', 'email=member7@forum.example']
    const preview = await vendor.request([...asked, '--preview'])
    expect(differenceOf(before, await vendor.rows('forum'))).toEqual({})
    const done = await vendor.request([...asked, '--approve-by', 'jo'])
    expect(done.state, summary(done)).toBe('done')
    expect(done.code).toBe(0)
    // What the allowed trigger wrote is other people's rows: counted by the server, told, and holding nothing open.
    const likes = before.get('public.likes')?.filter((row) => row.startsWith('(7,')).length
    expect(done.stores[0]?.reached).toEqual([{ table: 'members', rows: likes }])
    expect(done.proof).toMatchObject({ foreignRowsTouched: likes, foreignRowsUnallowed: 0 })
    expect(done.stores[0]?.tables).toEqual(preview.stores[0]?.tables)
    expect(done.stores[0]?.shared.map(({ table, role, rows }) => `${table}.${role} ${rows}`)).toEqual([
      'members.inviter 2',
      'pms.receiver 3',
      'pms.sender 3',
      'follows.followed 1',
      'follows.follower 1',
    ])
    const after = await vendor.rows('forum')
    const changed = differenceOf(before, after)
    expect(changed['public.pms']?.come).toEqual([
      '(18,19,7,"hello from nick19","secret 18",,198.51.100.19)',
      '(46,7,3,"hello from [erased]",,198.51.100.3,)',
      '(58,19,7,"hello from nick19","secret 58",,198.51.100.19)',
      '(6,7,3,"hello from [erased]",,198.51.100.3,)',
      '(86,7,3,"hello from [erased]",,198.51.100.3,)',
      '(98,19,7,"hello from nick19","secret 98",,198.51.100.19)',
    ])
    // Her invitations are forgotten in two members' rows; the counter that the allowed trigger keeps is right.
    expect(changed['public.members']?.come).toEqual([
      '(14,Member14@Forum.example,nick14,"greets nick14",198.51.100.14,,0,5,f)',
      '(15,Member15@Forum.example,nick15,"greets nick15",198.51.100.15,,0,5,f)',
      '(2,Member2@Forum.example,nick2,"greets nick2",198.51.100.2,1,0,0,f)',
      expect.stringMatching(/^\(7,[0-9a-f]+@erased\.invalid,[0-9a-f]+,,,3,0,5,f\)$/),
    ])
    expect(changed['public.likes']).toEqual({ gone: expect.arrayContaining(['(7,107)']), come: [] })
    expect(changed['public.threads']?.come).toEqual(['(6,7,3,"I am [erased], [erased]",0)'])
    for (const row of changed['public.posts']?.come ?? []) expect(row).toMatch(/^\(\d+,\d+,\d*,7,,,[tf],\)$/)
    expect(rowsWith(after, ['nick7,', 'nick7)', 'nick7"', 'member7@', '198.51.100.7,', '198.51.100.7)'])).toEqual([])
  } finally {
    await vendor.close()
  }
})
