import type { FaultMeaning } from './index.ts'

/** What is wrong between a store map and its live store. */
export const storeLiveCodes: Readonly<Record<string, FaultMeaning>> = {
  'store.unreachable': {
    what: 'The store cannot be reached. What it should prove is unproven until it can.',
    mend: 'See that it runs and that its connection string is right; `kept request resume` goes on.',
  },
  'store.discover-unsupported': {
    what: 'Discovery is asked of a store that is not PostgreSQL.',
    mend: 'Write the map by hand, or by `kept store import`.',
  },
  'store.no-guard-connection': {
    what: 'A store is to look at what is written to it, and its map names no connection of the owner of its tables.',
    mend: '`connect: { guard: env:NAME }`',
  },
  'store.cannot-guard': {
    what: 'A store of this kind cannot look at what is written to it.',
    mend: '`kept store check` reports what no map declares.',
  },
  'store.failed': { what: 'The store refused what was asked of it.', mend: '`kept store check` tells more.' },
  'store.permission': {
    what: 'The role of a connection may not do in the store what is asked of it, or does not see every row.',
    mend: 'Grant it; `kept check` names tables that cannot be read.',
  },
  'store.unreadable-table': {
    what: 'A table cannot be read whole by the read role: it lacks the right, or row security hides rows.',
    mend: 'Grant SELECT, or BYPASSRLS.',
  },
  'store.child-mapped': {
    what: 'A table and its inheritance child or partition both say of whom their rows are.',
    mend: 'Say it of the parent alone.',
  },
  'store.execute-right': {
    what: 'The execute role lacks a right that erasing in a table of the map needs.',
    mend: 'Grant what the fault names. Erasing needs no right to insert into your tables.',
  },
  'store.unknown': { what: 'A store is named that no map describes.', mend: '`kept store list`' },
  'store.table-missing': {
    what: 'The map names a table that the store does not have.',
    mend: 'The nearest is offered.',
  },
  'store.link-unsupported': {
    what: 'A role leads to people in a way that this kind of store cannot follow.',
    mend: 'Without joins a role has one column: key and to, or key and by; in a database declare the table as people.',
  },
  'store.tenants-unsupported': {
    what: 'A table names a tenant in a kind of store whose people are not told apart by tenant.',
    mend: 'Write a store map for each tenant, with a connection that reaches that tenant alone.',
  },
  'store.column-missing': {
    what: 'The map names a column that its table does not have.',
    mend: 'The nearest is offered.',
  },
  'store.undeclared-table': {
    what: 'A table is in the store, and no map declares it.',
    mend: 'Add it with each column as a data category or `none`.',
  },
  'store.undeclared-column': {
    what: 'A column is in the store, and no field declares what it holds.',
    mend: '`fields: { lang: none }`',
  },
  'store.allows-unknown': {
    what: '`allow` names a table or trigger that is not in the store.',
    mend: 'Correct the name, or take it out.',
  },
  'store.clear-not-null': {
    what: 'A column is to be cleared that takes no NULL and has no default.',
    mend: '`erase: pseudonym` or `erase: redact`',
  },
  'store.clear-key': {
    what: 'A column is to be cleared that is part of the key of its rows.',
    mend: '`erase: pseudonym`, or let the row go',
  },
  'store.clear-unique': {
    what: 'A column is to be cleared whose default could stand in one row only.',
    mend: '`erase: pseudonym`',
  },
  'store.erase-generated': {
    what: 'A generated column is to be erased: the store alone writes it.',
    mend: 'Take `erase` out; it follows the columns it is made of.',
  },
  'store.erase-referenced': {
    what: 'A column is to change that rows of other tables refer to.',
    mend: 'Let the row go, or write `none` if it names nobody.',
  },
  'store.pseudonym-type': { what: 'A pseudonym cannot be of the type of the column.', mend: '`erase: clear`' },
  'store.pseudonym-short': { what: 'A column is too short for pseudonyms that do not repeat.', mend: '`erase: clear`' },
  'store.redact-type': {
    what: 'A column holds no text that could be redacted, or bytes without a codec.',
    mend: '`erase: clear`, or `codec: zip`',
  },
  'store.path-type': { what: 'A path leads into a column that holds no JSON.', mend: 'Take `path` out.' },
  'store.path-unsupported': {
    what: 'Erasure cannot write at a path with wildcards or filters.',
    mend: 'A path of names and numbers only, or `redact` the whole column.',
  },
  'store.clock-type': {
    what: 'A clock is a column that tells no time.',
    mend: 'Name a column of a date or time stamp.',
  },
  'store.no-execute': { what: 'The store has no connection that may erase.', mend: '`execute: env:DESK_EXECUTE`' },
  'store.marker-missing': {
    what: 'The execute role cannot make the table in which finished steps are marked.',
    mend: 'An administrator runs the statements of the fault once.',
  },
  'store.trigger-reaches': {
    what: 'A trigger that may write elsewhere would run, and the map does not allow it.',
    mend: 'Read what it does; `allow: { triggers: [log_change] }`',
  },
  'store.cascade-unmapped': {
    what: 'Deleting rows would reach rows of a table that no map mentions.',
    mend: 'Map it, or `erase: part`, or `allow: { cascades: [notes] }`',
  },
  'store.cascade-others': {
    what: "Deleting rows would reach other people's rows.",
    mend: '`erase: part`, or `allow: { cascades: [notes] }`',
  },
  'store.no-transactions': {
    what: 'A table would be written whose engine knows no transactions: what is done there stays done when the rest fails.',
    mend: 'Move it to an engine that does (InnoDB), or `allow: { permanent: true }`: it is then written last.',
  },
}
