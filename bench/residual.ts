/**
 * The proof's reading of a whole database: seconds and MB/s for 1 and for 1,000 identifiers. Takes the size in MiB
 * (default 1024) of help-desk text, mostly plain, some of it quoted-printable and base64.
 */
import type { SoughtIdentity } from '../src/connector.ts'
import { openShop } from './shop.ts'

const size = Number(process.argv[2] ?? 1024)
const pairs = 3
const rowBytes = 4_000

const shop = await openShop()
try {
  const rows = Math.ceil((size * 1024 * 1024) / rowBytes)
  // One row in twenty is encoded, as attachments and mails of other alphabets are.
  await shop.sql.query(`
    CREATE TABLE messages (id int PRIMARY KEY, body text);
    ALTER TABLE messages ALTER COLUMN body SET STORAGE EXTERNAL;
    INSERT INTO messages SELECT g, CASE WHEN g % 40 = 0
        THEN translate(encode(convert_to(repeat('attachment ' || md5(g::text) || ' of the help desk; ', 60), 'UTF8'), 'base64'), E'\\n', '')
      WHEN g % 40 = 1 THEN repeat('Gr=C3=BC=C3=9Fe, der Auftrag ' || g || ' ist =\\n unterwegs. ', 75)
      ELSE repeat('The order ' || g || ' of customer ' || (g % 9999) || ' was sent to the warehouse, thank you. ', 55) END
    FROM generate_series(1, ${rows}) g; ANALYZE messages`)
  const identities = (count: number): SoughtIdentity[] =>
    Array.from({ length: count }, (_one, index) => ({
      id: `i${index}`,
      kind: ['email', 'name', 'phone'][index % 3] ?? 'email',
      value:
        [`sought${index}@example.org`, `Sought Person${index}`, `+48 601 55${String(index).padStart(5, '0')}`][
          index % 3
        ] ?? '',
      strong: index % 3 === 0,
    }))
  const ratios: number[] = []
  for (let pair = 0; pair < pairs; pair++) {
    const seconds: number[] = []
    for (const count of [1, 1_000]) {
      const start = performance.now()
      const result = await shop.store.search(identities(count))
      const taken = (performance.now() - start) / 1000
      seconds.push(taken)
      const megabytes = result.bytes / 1e6
      console.log(
        `${count} identifiers: ${megabytes.toFixed(0)} MB in ${taken.toFixed(1)} s, ${(megabytes / taken).toFixed(0)} MB/s, ${result.hits.length} hits, ${(process.memoryUsage.rss() / 1048576).toFixed(0)} MiB`,
      )
    }
    ratios.push((seconds[1] ?? 0) / (seconds[0] ?? 1))
  }
  console.log(`1,000 against 1: ${(ratios.sort()[pairs >> 1] ?? 0).toFixed(2)}`)
} finally {
  await shop.close()
}
