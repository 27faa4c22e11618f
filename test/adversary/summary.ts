import type { RequestDocument } from '../../src/requests/report.ts'

/** A request in a few lines, for messages of failing tests. */
export function summary(document: RequestDocument & { code?: number }): string {
  const lines = [`${document.kind} ${document.state} exit ${document.code}`]
  for (const store of document.stores) {
    lines.push(` ${store.store} ${store.state}`)
    for (const { table, role, action, rows, fields } of store.tables)
      lines.push(`  ${table}.${role} ${action} ${rows} [${fields.join(' ')}]`)
    for (const one of store.shared) lines.push(`  shared ${one.table}.${one.role} ${one.rows} ${one.why}`)
    for (const one of store.kept) lines.push(`  kept ${JSON.stringify(one)}`)
    for (const one of store.removed) lines.push(`  removed ${JSON.stringify(one)}`)
    for (const one of store.obstacles) lines.push(`  obstacle ${JSON.stringify(one)}`)
    for (const one of store.unreachable) lines.push(`  unreachable ${one.table} ${one.why}`)
  }
  for (const one of document.candidates) lines.push(` candidate ${JSON.stringify(one)}`)
  for (const one of document.proof?.residual ?? []) lines.push(` residual ${JSON.stringify(one)}`)
  if (document.proof)
    lines.push(
      ` proof foreign ${document.proof.foreignRowsTouched} notSearched ${document.proof.notSearched} unread ${JSON.stringify(document.proof.unread)}`,
    )
  return lines.join('\n')
}
