/** Relations of the server itself, of Kept, and of installed extensions are not the vendor's data. */
export const ownRelation = `
  n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'kept', 'kept_store')
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`

export const versionQuery = `SELECT current_setting('server_version') AS version, current_schema() AS schema`

export const tableQuery = `
  SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS relation, c.relkind AS kind,
         c.reltuples::bigint::text AS rows,
         CASE WHEN NOT has_schema_privilege(n.oid, 'USAGE') THEN 'permission'
              WHEN NOT has_table_privilege(c.oid, 'SELECT') AND EXISTS (
                SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                  AND NOT has_column_privilege(c.oid, a.attnum, 'SELECT')) THEN 'permission'
              WHEN c.relkind IN ('r', 'p') AND row_security_active(c.oid) THEN 'row-security' END AS unreadable,
         (SELECT i.inhparent::text FROM pg_inherits i WHERE i.inhrelid = c.oid ORDER BY i.inhseqno LIMIT 1) AS parent,
         ARRAY(SELECT r.rulename::text FROM pg_rewrite r
               WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN' AND r.ev_enabled <> 'D' ORDER BY 1) AS rules
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${ownRelation}
  ORDER BY n.nspname, c.relname`

export const columnQuery = `
  SELECT c.oid::text AS oid, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
         coalesce(b.typname, t.typname)::text AS base,
         CASE WHEN coalesce(b.typname, t.typname) IN ('varchar', 'bpchar')
                   AND greatest(a.atttypmod, t.typtypmod) > 4 THEN greatest(a.atttypmod, t.typtypmod) - 4 END AS length,
         a.attnotnull OR t.typnotnull AS not_null,
         CASE WHEN a.attgenerated = '' AND a.attidentity = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS default_sql,
         a.attgenerated <> '' AS generated, col_description(c.oid, a.attnum) AS comment
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       JOIN pg_type t ON t.oid = a.atttypid
       LEFT JOIN pg_type b ON t.typtype = 'd' AND b.oid = t.typbasetype
       LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${ownRelation}
  ORDER BY c.oid, a.attnum`

export const constraintQuery = `
  SELECT k.conrelid::text AS oid, k.conname AS name, k.contype AS kind,
         ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u(num, place)
               JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num ORDER BY u.place) AS columns,
         nullif(k.confrelid, 0)::text AS target,
         CASE WHEN k.confrelid <> 0 THEN
           ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS u(num, place)
                 JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num ORDER BY u.place) END AS target_columns,
         k.confdeltype AS on_delete, k.confupdtype AS on_update, k.condeferrable AS deferrable
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE k.contype IN ('p', 'u', 'f') AND ${ownRelation}
  UNION ALL
  SELECT i.indrelid::text, x.relname, 'u',
         ARRAY(SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS u(num, place)
               JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.num
               WHERE u.place <= i.indnkeyatts ORDER BY u.place),
         NULL, NULL, '', '', false
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
       JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL AND ${ownRelation}
        AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u'))
  ORDER BY 1, 2`

export const triggerQuery = `
  SELECT g.tgrelid::text AS oid, g.tgname AS name, g.tgtype::int AS type, l.lanname AS language,
         p.proname AS function, p.prosrc AS source
  FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_proc p ON p.oid = g.tgfoid JOIN pg_language l ON l.oid = p.prolang
  WHERE NOT g.tgisinternal AND g.tgenabled <> 'D' AND ${ownRelation}
  ORDER BY 1, 2`
