import PostalMime, { type Address } from 'postal-mime'
import { type Cell, type ItemColumn, itemColumn } from '../items/source.ts'

/** A longer header block is a hostile one: what is behind it is read as text, and names nobody by role. */
const longestHead = 1 << 20

/** What a mail shows of itself, read out of its header (RFC 5322 section 3.6); only `message`, the mail itself, is written. */
export const messageColumns: readonly ItemColumn[] = [
  ...['from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'delivered-to'].map((name) =>
    itemColumn(name, 'addresses', { many: true }),
  ),
  itemColumn('from-name', 'text'),
  itemColumn('subject', 'text'),
  itemColumn('date', 'date-time'),
  itemColumn('message-id', 'text'),
  itemColumn('message', 'bytes', { generated: false, nullable: false }),
]

/** The addresses of people and groups, in small letters. */
function addressesOf(list: readonly Address[] | Address | undefined): string[] {
  const addresses = Array.isArray(list) ? list : list === undefined ? [] : [list as Address]
  return addresses.flatMap((one: Address) =>
    (one.group ?? [one]).flatMap(({ address }) =>
      address === undefined || address === '' ? [] : [address.toLowerCase()],
    ),
  )
}

function headOf(message: Uint8Array): Buffer {
  const start = Buffer.from(message.buffer, message.byteOffset, Math.min(message.length, longestHead))
  const ends = ['\r\n\r\n', '\n\n'].map((end) => start.indexOf(end)).filter((at) => at !== -1)
  return ends.length === 0 ? start : start.subarray(0, Math.min(...ends) + 2)
}

/** The cells of a mail by its columns; a header that cannot be read gives none but the mail itself. */
export async function messageCells(message: Uint8Array): Promise<Record<string, Cell>> {
  const cells: Record<string, Cell> = { message }
  try {
    const head = await PostalMime.parse(Buffer.concat([headOf(message), Buffer.from('\r\n')]))
    const delivered = head.headers.filter(({ key }) => key === 'delivered-to' || key === 'x-original-to')
    return {
      ...cells,
      from: addressesOf(head.from),
      // A name that is an address again says nothing more.
      'from-name': head.from?.name === undefined || head.from.name.includes('@') ? null : head.from.name || null,
      sender: addressesOf(head.sender),
      'reply-to': addressesOf(head.replyTo),
      to: addressesOf(head.to),
      cc: addressesOf(head.cc),
      bcc: addressesOf(head.bcc),
      'delivered-to': delivered.map(({ value }) => value.trim().replace(/^<|>$/g, '').toLowerCase()),
      subject: head.subject ?? null,
      date: head.date === undefined || Number.isNaN(Date.parse(head.date)) ? null : new Date(head.date).toISOString(),
      'message-id': head.messageId ?? null,
    }
  } catch {
    return cells
  }
}
