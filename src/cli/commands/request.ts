import type { Command } from 'commander'
import type { Cli } from '../run.ts'
import { registerAlter } from './request-alter.ts'
import { registerApprove } from './request-approve.ts'
import { registerAsk } from './request-ask.ts'
import { registerCancel } from './request-cancel.ts'
import { registerDeny } from './request-deny.ts'
import { registerList } from './request-list.ts'
import { registerReplay } from './request-replay.ts'
import { registerResume } from './request-resume.ts'
import { registerShow } from './request-show.ts'

export function registerRequest(program: Command, cli: Cli): void {
  const request = program.command('request').description("A person's request, from preview to proof")
  registerAsk(request, cli)
  registerAlter(request, cli)
  registerList(request, cli)
  registerShow(request, cli)
  registerApprove(request, cli)
  registerDeny(request, cli)
  registerCancel(request, cli)
  registerResume(request, cli)
  registerReplay(request, cli)
  request.addHelpText('after', '\nExample:\n  $ kept request erasure --identity email=ada@example.org --preview')
}
