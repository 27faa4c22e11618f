import type { Command } from 'commander'
import type { Cli } from '../run.ts'
import { registerNoticeActivate } from './notice-activate.ts'
import { registerNoticeBuild } from './notice-build.ts'
import { registerNoticeDiff } from './notice-diff.ts'
import { registerNoticeList } from './notice-list.ts'
import { registerNoticePublish } from './notice-publish.ts'
import { registerNoticeTell } from './notice-tell.ts'

/** `kept notice …`: the notice of the policy, its versions, and what changed between them. */
export function registerNotice(program: Command, cli: Cli): void {
  const notice = program.command('notice').description('The notice of the policy, its versions, and what changed')
  registerNoticeBuild(notice, cli)
  registerNoticeDiff(notice, cli)
  registerNoticePublish(notice, cli)
  registerNoticeActivate(notice, cli)
  registerNoticeTell(notice, cli)
  registerNoticeList(notice, cli)
  notice.addHelpText('after', '\nExample:\n  $ kept notice list')
}
