import type { Command } from 'commander'
import { answer, assign, close, complain, readMessage } from '../../intake/decide.ts'
import { tellFee } from '../../intake/fee.ts'
import { extend, extensionReasons } from '../../intake/late.ts'
import type { Cli } from '../run.ts'
import { act, type By, one, readDay, wordsFrom } from './case-act.ts'

/** `kept case answer|extend|fee|read|assign|complain|close`: what the person is told, and who works on it. */
export function registerAnswers(command: Command, cli: Cli): void {
  const answered = one(command, 'answer', 'Writes to the person')
  answered.requiredOption('--words <file>', 'the text')
  answered.option('--final', 'it answers the case: a question or a complaint')
  act<By & { readonly words: string; readonly final?: boolean }>(
    answered,
    cli,
    'kept case answer 7k2m9q4x8v3b --by jo --words answer.txt',
    (given) => async (intake, id) => {
      const words = (await wordsFrom(cli.terminal, given.words)) ?? ''
      return answer(intake, id, { by: given.by, words, final: given.final === true })
    },
  )
  const extended = one(
    command,
    'extend',
    'Takes the extension that the law allows, with its reason, and tells the person',
  )
  extended.requiredOption('--reason <reason>', extensionReasons.join(' or '))
  extended.option('--until <date>', 'the new date, YYYY-MM-DD; default: the latest that the law allows', readDay)
  act<By & { readonly reason: string; readonly until?: string }>(
    extended,
    cli,
    'kept case extend 7k2m9q4x8v3b --by jo --reason complex',
    ({ by, reason, until }) =>
      (intake, id) =>
        extend(intake, id, { by, reason, ...(until === undefined ? {} : { until }) }),
  )
  const fee = one(command, 'fee', 'Tells the fee of a further copy, before anything is done')
  act<By>(
    fee,
    cli,
    'kept case fee 7k2m9q4x8v3b --by jo',
    ({ by }) =>
      (intake, id) =>
        tellFee(intake, id, by),
  )
  const read = one(command, 'read', 'Records that a message was read and needs no answer')
  act<By>(
    read,
    cli,
    'kept case read 7k2m9q4x8v3b --by jo',
    ({ by }) =>
      (intake, id) =>
        readMessage(intake, id, by),
  )
  const given = one(command, 'assign', 'Gives the case to somebody of the staff')
  given.requiredOption('--to <who>', 'who works on it')
  act<By & { readonly to: string }>(
    given,
    cli,
    'kept case assign 7k2m9q4x8v3b --by jo --to kim',
    ({ by, to }) =>
      (intake, id) =>
        assign(intake, id, by, to),
  )
  const complained = one(command, 'complain', 'Takes down that the person does not agree: somebody else looks at it')
  complained.requiredOption('--words <file>', 'what they say')
  act<By & { readonly words: string }>(
    complained,
    cli,
    'kept case complain 7k2m9q4x8v3b --by jo --words letter.txt',
    ({ words }) =>
      async (intake, id) =>
        complain(intake, id, (await wordsFrom(cli.terminal, words)) ?? ''),
  )
  const closed = one(command, 'close', 'Ends a case that the person took back')
  act<By>(
    closed,
    cli,
    'kept case close 7k2m9q4x8v3b --by jo',
    ({ by }) =>
      (intake, id) =>
        close(intake, id, { staff: by }, 'withdrawn'),
  )
}
