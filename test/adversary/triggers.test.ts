/** Triggers, rules, row security, constraints and cascades that work against an erasure. */
import { expect, test } from 'vitest'
import type { RequestDocument } from '../../src/requests/report.ts'
import { summary } from './summary.ts'
import { differenceOf, makeAdversary } from './vendor.ts'

const POLICY = `kept: 1
controller: { name: Trapdoor BV, country: NL, contact: privacy@trapdoor.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  name: { is: pd:Name }
  text: { is: pd:Communication }
purposes:
  product: { is: dpv:ServiceProvision, basis: eu-gdpr:A6-1-b, uses: [email, name, text] }
collection:
  signup: { from: subject, data: [email, name, text], for: product }
rights:
  access: { within: P1M }
  erasure: { within: P1M }
`

const MAP = `store: trap
connect: { read: env:TRAP, execute: env:TRAP }
country: NL
tables:
  people:
    for: product
    person: { key: { email: mail, id: id }, hint: { name: name }, erase: ERASE }
    fields:
      mail: { is: email, erase: pseudonym }
      name: { is: name, erase: clear }
    ALLOW
  things:
    for: product
    people: { owner: { key: person_id, to: people.id, erase: row } }
    fields: { body: { is: text, erase: clear } }
    ALLOW
`

const SQL = `
CREATE TABLE people (id int PRIMARY KEY, mail text UNIQUE NOT NULL, name text);
INSERT INTO people SELECT i, 'p' || i || '@trapdoor.example', 'Person ' || i FROM generate_series(1, 9) i;
CREATE TABLE things (id int PRIMARY KEY, person_id int, body text);
INSERT INTO things SELECT i, 1 + i % 9, 'thing ' || i FROM generate_series(1, 36) i;
`

interface Trap {
  /** How it ends: done; failed or stopped by an obstacle with nothing changed; open with what is left. */
  readonly ends: string
  readonly sql: string
  readonly erase?: string
  readonly allow?: string
  /** More of the map. */
  readonly map?: string
}

const TRAPS: Record<string, Trap> = {
  'before delete returns null': {
    ends: 'failed skipped things',
    sql: `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
      CREATE TRIGGER skip BEFORE DELETE ON things FOR EACH ROW EXECUTE FUNCTION f();`,
  },
  'before update returns old': {
    ends: 'failed skipped people',
    sql: `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$;
      CREATE TRIGGER skip BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION f();`,
  },
  'before update returns null': {
    ends: 'failed skipped people',
    sql: `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
      CREATE TRIGGER skip BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION f();`,
  },
  'before update keeps one column': {
    ends: 'failed skipped people',
    sql: `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := OLD.name; RETURN NEW; END $$;
      CREATE TRIGGER skip BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION f();`,
  },
  'before update writes its own columns': {
    ends: 'done',
    sql: `ALTER TABLE people ADD touched timestamptz, ADD UNIQUE (mail, name); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.touched := now(); NEW.mail := upper(NEW.mail); RETURN NEW; END $$;
      CREATE TRIGGER stamp BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION f();`,
  },
  'soft delete by trigger': {
    ends: 'failed skipped things',
    sql: `ALTER TABLE things ADD gone boolean; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE things SET gone = true WHERE id = OLD.id; RETURN NULL; END $$;
      CREATE TRIGGER soft BEFORE DELETE ON things FOR EACH ROW EXECUTE FUNCTION f();`,
    allow: 'allow: { triggers: [soft] }',
  },
  'rule instead of delete': {
    ends: 'obstacle store.trigger-reaches',
    sql: 'CREATE RULE r AS ON DELETE TO things DO INSTEAD NOTHING;',
  },
  'rule also writes others': {
    ends: 'obstacle store.trigger-reaches',
    sql: "CREATE RULE r AS ON DELETE TO things DO ALSO UPDATE people SET name = 'x' WHERE id <> OLD.person_id;",
  },
  'audit trigger unmapped': {
    ends: 'obstacle store.trigger-reaches',
    sql: `CREATE TABLE audit (line text); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit VALUES (OLD::text); RETURN NEW; END $$;
      CREATE TRIGGER a AFTER UPDATE ON people FOR EACH ROW EXECUTE FUNCTION f();`,
  },
  'audit trigger allowed': {
    ends: 'open unmapped',
    sql: `CREATE TABLE audit (line text); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit VALUES (OLD::text); RETURN OLD; END $$;
      CREATE TRIGGER a AFTER DELETE ON things FOR EACH ROW EXECUTE FUNCTION f();
      CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit VALUES (OLD.mail); RETURN NEW; END $$;
      CREATE TRIGGER b AFTER UPDATE ON people FOR EACH ROW EXECUTE FUNCTION g();`,
    allow: "allow: { triggers: ['*'], cascades: [audit] }",
  },
  'trigger changes others through a nested function': {
    ends: 'obstacle store.trigger-reaches',
    sql: `CREATE FUNCTION inner_one(i int) RETURNS void LANGUAGE sql AS $$ UPDATE people SET name = 'changed' WHERE id = i + 1 $$;
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM inner_one(OLD.person_id); RETURN OLD; END $$;
      CREATE TRIGGER a AFTER DELETE ON things FOR EACH ROW EXECUTE FUNCTION f();`,
  },
  'statement trigger with execute': {
    ends: 'obstacle store.trigger-reaches',
    sql: `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'UP' || 'DATE people SET name = ''changed'''; RETURN NULL; END $$;
      CREATE TRIGGER a AFTER DELETE ON things FOR EACH STATEMENT EXECUTE FUNCTION f();`,
  },
  'trigger raises': {
    ends: 'failed raised',
    sql: `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no % %', OLD.mail, OLD.name; END $$;
      CREATE TRIGGER a BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION f();`,
  },
  'trigger hides its write in an assignment': {
    ends: 'failed reached-others people',
    sql: `CREATE FUNCTION quiet(i int) RETURNS int LANGUAGE sql AS $$ UPDATE people SET name = 'changed' WHERE id = i + 1 RETURNING id $$;
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE x int; BEGIN x := quiet(NEW.id); RETURN NEW; END $$;
      CREATE TRIGGER a AFTER UPDATE ON people FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION f();`,
  },
  'deferred trigger writes when the transaction commits': {
    ends: 'failed reached-others people',
    sql: `CREATE FUNCTION quiet(i int) RETURNS int LANGUAGE sql AS $$ UPDATE people SET name = 'changed' WHERE id = i + 1 RETURNING id $$;
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE x int; BEGIN x := quiet(OLD.person_id); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER a AFTER DELETE ON things DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f();`,
  },
  'deferred trigger raises when the transaction commits': {
    ends: 'failed raised',
    sql: `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not %', OLD.body; END $$;
      CREATE CONSTRAINT TRIGGER a AFTER DELETE ON things DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f();`,
  },
  'update cascade into an unmapped table': {
    ends: 'obstacle store.cascade-unmapped',
    sql: 'CREATE TABLE subs (mail text REFERENCES people (mail) ON UPDATE CASCADE, body text); INSERT INTO subs SELECT mail, $$sub$$ FROM people;',
  },
  'update cascade of a table without rows of hers': {
    ends: 'done',
    sql: 'CREATE TABLE subs (mail text REFERENCES people (mail) ON UPDATE CASCADE, body text); INSERT INTO subs SELECT mail, $$sub$$ FROM people WHERE id <> 4;',
  },
  'one NULL only': {
    ends: 'failed constraint people',
    sql: 'ALTER TABLE people ADD UNIQUE NULLS NOT DISTINCT (name); UPDATE people SET name = NULL WHERE id = 9;',
  },
  'check forbids': {
    ends: 'failed constraint people',
    sql: "ALTER TABLE people ADD CHECK (mail NOT LIKE '%.invalid');",
  },
  'check of length': {
    ends: 'failed constraint people',
    sql: 'ALTER TABLE people ADD CHECK (length(mail) < 25);',
  },
  'generated and views': {
    ends: 'done',
    sql: `ALTER TABLE people ADD upper_mail text GENERATED ALWAYS AS (upper(mail)) STORED; CREATE VIEW v AS SELECT * FROM people;
      CREATE INDEX ON people (lower(mail));`,
    map: '',
  },
  'exclusion and deferrable': {
    ends: 'done',
    sql: `CREATE EXTENSION btree_gist; ALTER TABLE things ADD EXCLUDE USING gist (person_id WITH =, id WITH =);
      ALTER TABLE things ADD FOREIGN KEY (person_id) REFERENCES people DEFERRABLE INITIALLY DEFERRED;`,
  },
  'cascades three deep into an unmapped table': {
    ends: 'obstacle store.cascade-unmapped',
    sql: `CREATE TABLE a1 (id int PRIMARY KEY, thing int REFERENCES things ON DELETE CASCADE);
      CREATE TABLE a2 (id int PRIMARY KEY, a1 int REFERENCES a1 ON DELETE CASCADE); CREATE TABLE a3 (id int, a2 int REFERENCES a2 ON DELETE CASCADE, who int REFERENCES people);
      INSERT INTO a1 SELECT i, i FROM generate_series(1, 36) i; INSERT INTO a2 SELECT i, i FROM generate_series(1, 36) i; INSERT INTO a3 SELECT i, i, 1 + (i * 2) % 9 FROM generate_series(1, 36) i;`,
    map: `
  a1: { for: product, people: { owner: { key: thing, to: things.id, erase: row } } }
  a2: { for: product, people: { owner: { key: a1, to: a1.id, erase: row } } }
`,
  },
  'cascades three deep into rows of others': {
    ends: 'obstacle store.cascade-others',
    sql: `CREATE TABLE a1 (id int PRIMARY KEY, thing int REFERENCES things ON DELETE CASCADE);
      CREATE TABLE a2 (id int PRIMARY KEY, a1 int REFERENCES a1 ON DELETE CASCADE, who int REFERENCES people);
      INSERT INTO a1 SELECT i, i FROM generate_series(1, 36) i; INSERT INTO a2 SELECT i, i, 1 + (i * 2) % 9 FROM generate_series(1, 36) i;`,
    map: `
  a1: { for: product, people: { owner: { key: thing, to: things.id, erase: row } } }
  a2: { for: product, people: { writer: { key: who, to: people.id, erase: row } } }
`,
  },
  'set null and set default into others': {
    ends: 'obstacle store.cascade-others',
    sql: `CREATE TABLE a1 (id int PRIMARY KEY, thing int REFERENCES things ON DELETE SET NULL, second int DEFAULT 1 REFERENCES things ON DELETE SET DEFAULT, who int);
      INSERT INTO a1 SELECT i, i, i, 1 + (i * 2) % 9 FROM generate_series(1, 36) i;`,
    map: `
  a1: { for: product, people: { writer: { key: who, to: people.id, erase: row } }, fields: { second: none, thing: none } }
`,
  },
  'cascade from the person herself': {
    ends: 'obstacle store.cascade-unmapped',
    sql: 'ALTER TABLE things ADD FOREIGN KEY (person_id) REFERENCES people ON DELETE CASCADE; CREATE TABLE posts (id int PRIMARY KEY, first_author int REFERENCES people ON DELETE CASCADE, body text); INSERT INTO posts SELECT i, 1 + i % 9, $$x$$ FROM generate_series(1, 18) i;',
    erase: 'row',
  },
  'update cascade of a key': {
    ends: 'done',
    sql: 'CREATE TABLE subs (mail text PRIMARY KEY REFERENCES people (mail) ON UPDATE CASCADE, body text); INSERT INTO subs SELECT mail, $$sub$$ FROM people;',
    map: `
  subs: { for: product, people: { who: { key: mail, to: people.mail, erase: part } }, fields: { mail: { is: email, erase: pseudonym }, body: { is: text, erase: clear } } }
`,
  },
  'update of a key without cascade': {
    ends: 'done',
    sql: 'CREATE TABLE subs (mail text PRIMARY KEY REFERENCES people (mail), body text); INSERT INTO subs SELECT mail, $$sub$$ FROM people;',
    map: `
  subs: { for: product, people: { who: { key: mail, to: people.mail, erase: part } }, fields: { mail: { is: email, erase: pseudonym }, body: { is: text, erase: clear } } }
`,
  },
}

function ending(request: RequestDocument): string {
  const [store] = request.stores
  if (store?.obstacles[0] && request.state === 'awaiting-approval') return `obstacle ${store.obstacles[0].code}`
  if (store?.state === 'failed') return ['failed', store.failed?.why, store.failed?.table].join(' ').trim()
  const left = new Set(request.proof?.residual.map((one) => one.class).filter((one) => one !== 'other-person'))
  return left.size > 0 ? `${request.state} ${[...left].join(' ')}` : request.state
}

for (const [name, trap] of Object.entries(TRAPS)) {
  test(name, async () => {
    const map = MAP.replace('ERASE', trap.erase ?? 'part').replaceAll('ALLOW', trap.allow ?? '') + (trap.map ?? '')
    const vendor = await makeAdversary('traps', POLICY, { trap: { sql: SQL + trap.sql, map } })
    try {
      const before = await vendor.rows('trap')
      const asked = ['request', 'erase', '--identity', 'email=p4@trapdoor.example', '--approve-by', 'jo', '--json']
      const ran = await vendor.run(asked)
      expect(ran.err).not.toMatch(/Person 4|p4@/)
      const request = { ...(JSON.parse(ran.out) as RequestDocument), code: ran.code }
      expect(ending(request), summary(request)).toBe(trap.ends)
      expect(request.code).toBe(trap.ends === 'done' ? 0 : 1)
      const changed = differenceOf(before, await vendor.rows('trap'))
      delete changed['kept_store.marker']
      if (/^(failed|obstacle)/.test(trap.ends)) expect(changed).toEqual({})
      // Whatever happened, it happened to her rows alone.
      const people = [...(changed['public.people']?.gone ?? [])]
      expect(people.filter((row) => !row.startsWith('(4,'))).toEqual([])
      expect((changed['public.things']?.gone ?? []).filter((row) => !/^\(\d+,4,/.test(row))).toEqual([])
    } finally {
      await vendor.close()
    }
  })
}
