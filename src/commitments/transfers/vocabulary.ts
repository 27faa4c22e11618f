import { z } from 'zod'
import { country, date, duration, listOf, name, oneOrMany, text } from '../../language/terms.ts'
import { valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { everyEntry } from '../every-entry.ts'
import { formNames } from '../forms.ts'
import { factShown } from '../legal-fact.ts'
import { refused, warned } from '../misstated.ts'
import { groundOf, transferGrounds } from './grounds.ts'

/** A transfer rests on a ground; a claim is what a text says of a framework; a seal is a dated word of somebody else. */
export const transfersForms = {
  transfer: {
    term: 'dpv:CrossBorderTransfer',
    needs: ['countries', 'ground'],
    takes: ['to', 'data', 'since', 'until', 'proof', 'listed', 'assessed'],
  },
  claim: { needs: ['ground'], takes: ['to', 'countries', 'data', 'since', 'until', 'proof', 'stands'] },
  seal: {
    term: 'dpv:CertificationSeal',
    needs: ['issuer', 'covers'],
    takes: ['since', 'until', 'proof', 'leaves-out', 'checked', 'stands'],
  },
} as const

export const transfersEntry = z.strictObject({
  is: z.enum(formNames(transfersForms)),
  countries: oneOrMany(country).optional().meta({ description: 'Countries of stores and recipients' }),
  ground: oneOrMany(z.enum(formNames(transferGrounds)))
    .optional()
    .meta({ description: 'Ground of the transfer; void ones are refused with their source' }),
  to: oneOrMany(text).optional().meta({ description: 'Recipients, as declared under disclosure; default: all there' }),
  data: oneOrMany(name).optional().meta({ description: 'Data categories; default: all' }),
  since: date.optional().meta({ description: 'In force since' }),
  until: date.optional().meta({ description: 'In force until' }),
  listed: date.optional().meta({ description: 'Day on which the recipient was seen on the public list' }),
  assessed: date.optional().meta({ description: 'Day on which the law of the country was assessed' }),
  proof: oneOrMany(text).optional().meta({ description: 'Where the proof is: a page, a register, a file' }),
  stands: z.literal(false).optional().meta({ description: 'The text says it; nothing rests on it' }),
  issuer: text.optional().meta({ description: 'Who gave the seal' }),
  covers: oneOrMany(text).optional().meta({ description: 'What the seal is about' }),
  'leaves-out': oneOrMany(text).optional().meta({ description: 'What it is not about' }),
  checked: duration.optional().meta({ description: 'The register is looked at this often' }),
  ...everyEntry,
})

const groundFaults = (entryName: string, entry: unknown, known: Known): Misstatement[] => {
  const written = valueAt(entry, 'ground')
  const isClaim = valueAt(entry, 'is') === 'claim'
  return listOf(written).flatMap((word, index): Misstatement[] => {
    const ground = groundOf(word)
    if (ground === undefined) return []
    const path = [entryName, 'ground', ...(Array.isArray(written) ? [index] : [])]
    if (ground.until !== undefined && ground.until <= known.today) {
      const what = `"${entryName}" ${isClaim ? 'claims' : 'rests on'} ${ground.title}: ${factShown(ground)}`
      return isClaim
        ? [warned('transfers.void-claim', path, what, `nothing rests on it; use ${ground.instead ?? 'a valid ground'}`)]
        : [refused('transfers.void-ground', path, what, `use ${ground.instead ?? 'a valid ground'}`)]
    }
    const found: Misstatement[] = []
    const outside = listOf(valueAt(entry, 'countries')).filter(
      (each) => ground.countries !== undefined && !ground.countries.includes(String(each)),
    )
    if (outside.length > 0)
      found.push(
        refused(
          'transfers.ground-elsewhere',
          path,
          `${ground.title} does not reach ${outside.join(', ')}: ${factShown(ground)}`,
          'declare each country with a ground of its own',
        ),
      )
    if (ground.listed && !isClaim && valueAt(entry, 'listed') === undefined)
      found.push(
        warned(
          'transfers.not-listed',
          path,
          `"${entryName}" rests on ${ground.title}: ${factShown(ground)}`,
          'look the recipient up and write listed: with the day, or use standard-contractual-clauses',
        ),
      )
    return found
  })
}

export const transfersMisstatements = (
  [entryName, entry]: readonly [string, unknown],
  known: Known,
): Misstatement[] => {
  const found = groundFaults(entryName, entry, known)
  const until = valueAt(entry, 'until')
  if (typeof until === 'string' && until < known.today)
    found.push(
      warned(
        'transfers.ended',
        [entryName, 'until'],
        `"${entryName}" ended on ${until}`,
        'renew it, or take it out: it proves nothing any more',
      ),
    )
  if (valueAt(entry, 'is') === 'seal' && until === undefined)
    found.push(
      warned(
        'transfers.seal-undated',
        [entryName],
        `the seal "${entryName}" has no end: without a current entry in its register it proves nothing`,
        'look it up and write until, or take it out',
      ),
    )
  return found
}
