import { z } from 'zod'
import { duration, name, oneOrMany, text } from '../../language/terms.ts'
import { valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { everyEntry } from '../every-entry.ts'
import { formNames } from '../forms.ts'
import { warned } from '../misstated.ts'

const shown = ['hides', 'elect', 'where', 'record', 'for'] as const

/** Places where people see each other's data. */
export const sharingForms = {
  collaboration: { needs: ['to', 'data'], takes: [...shown, 'may', 'owner', 'notice', 'revoke'] },
  profile: { needs: ['to', 'data'], takes: [...shown, 'may', 'relay', 'owner'] },
  forum: { needs: ['to', 'data'], takes: [...shown, 'may', 'relay', 'notice', 'removal', 'within'] },
  'public-area': { needs: ['to'], takes: [...shown, 'data', 'notice', 'removal', 'within', 'relay'] },
  application: { needs: ['data', 'act'], takes: [...shown, 'to', 'revoke', 'may'] },
  links: { needs: ['review'], takes: ['where', 'hosts', 'marked', 'alive', 'standard'] },
} as const

export const sharingEntry = z.strictObject({
  is: z.enum(formNames(sharingForms)),
  to: oneOrMany(z.enum(['chosen-users', 'editors', 'registered-users', 'organisation', 'anyone', 'application']))
    .optional()
    .meta({ description: 'Who sees it' }),
  data: oneOrMany(name).optional().meta({ description: 'Data categories that they see; others they do not' }),
  hides: oneOrMany(name).optional().meta({ description: 'Data categories that are nowhere to be found there' }),
  elect: oneOrMany(name).optional().meta({ description: 'Shown only if the person elects it' }),
  for: oneOrMany(name).optional().meta({ description: 'Purposes' }),
  where: oneOrMany(text).optional().meta({ description: 'Areas, pages, programs' }),
  may: oneOrMany(z.enum(['view', 'comment', 'mail', 'edit', 'upload', 'share-onward', 'invite', 'contact']))
    .optional()
    .meta({ description: 'What they may do' }),
  owner: oneOrMany(z.enum(['chooses', 'sees-onward-shares', 'may-forbid-onward', 'revokes']))
    .optional()
    .meta({ description: 'What the owner of the data can do' }),
  record: z.literal(true).optional().meta({ description: 'Acts of others are recorded for the owner' }),
  relay: z.literal(true).optional().meta({ description: 'Mail passes through an alias; addresses stay hidden' }),
  notice: z.literal('before').optional().meta({ description: 'Told before the first post or share' }),
  removal: oneOrMany(text).optional().meta({ description: 'Where removal is asked for' }),
  within: duration.optional().meta({ description: 'Removed within' }),
  act: z.literal(true).optional().meta({ description: 'Only by the person’s own act' }),
  revoke: z.literal(true).optional().meta({ description: 'The person ends it at any time' }),
  hosts: oneOrMany(text).optional().meta({ description: 'Hosts that are linked to' }),
  marked: z.literal(true).optional().meta({ description: 'Links that leave the site are marked' }),
  alive: duration.optional().meta({ description: 'A probe follows each link this often' }),
  review: duration.optional().meta({ description: 'A person looks at each host again after this long' }),
  standard: text.optional().meta({ description: 'What a host must offer to be linked' }),
  ...everyEntry,
})

export const sharingMisstatements = ([entryName, entry]: readonly [string, unknown], _known: Known): Misstatement[] => {
  const is = valueAt(entry, 'is')
  const open = is === 'public-area' || is === 'forum'
  const found: Misstatement[] = []
  if (open && valueAt(entry, 'notice') === undefined)
    found.push(
      warned(
        'sharing.no-notice',
        [entryName],
        `people post in "${entryName}" without being told who will see it`,
        'add notice: before',
      ),
    )
  if (open && valueAt(entry, 'removal') === undefined)
    found.push(
      warned(
        'sharing.no-removal',
        [entryName],
        `"${entryName}" names no place to ask for removal`,
        'add removal: privacy@example.org and within: P1M',
      ),
    )
  return found
}
