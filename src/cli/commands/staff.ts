import { type Command, InvalidArgumentError, Option } from 'commander'
import { fact } from '../../language/facts.ts'
import { changeRoles, disableStaff, listStaff, type StaffAccount, staffAccount } from '../../server/staff/accounts.ts'
import { invite } from '../../server/staff/invitations.ts'
import { joinPath, unknownRole } from '../../server/staff/open.ts'
import { isRole } from '../../server/staff/rights.ts'
import { listTokens, makeToken, revokeToken } from '../../server/staff/tokens.ts'
import { ROLES, type Role } from '../../server/who.ts'
import { collect, common } from '../options.ts'
import type { Cli } from '../run.ts'
import { type StaffOptions, withStaff } from '../staff-desk.ts'
import { columns } from '../tell/columns.ts'
import { printJson } from '../terminal.ts'

interface RoleOptions extends StaffOptions {
  readonly role: readonly string[]
}

/** `kept staff list|invite|roles|disable|token`: who may do what, and the machines that act for them. */
export function registerStaff(program: Command, cli: Cli): void {
  const staff = program.command('staff').description('Who of the staff may do what, and tokens of machines')
  registerList(staff, cli)
  registerInvite(staff, cli)
  registerRoles(staff, cli)
  registerDisable(staff, cli)
  registerToken(staff, cli)
  staff.addHelpText('after', '\nExample:\n  $ kept staff invite --role agent --email jo@example.org')
}

function registerList(staff: Command, cli: Cli): void {
  const list = staff.command('list').description('Lists the staff and the tokens of machines, with their roles')
  withStaffOptions(list, 'kept staff list').action(
    cli.action((options: StaffOptions) =>
      withStaff(cli.terminal, options, async ({ tables }) => {
        const [people, tokens] = [await listStaff(tables), await listTokens(tables)]
        if (options.json) printJson(cli.terminal, { staff: people, tokens })
        else if (people.length + tokens.length === 0) cli.terminal.out('Nobody yet.\n')
        else {
          const rows = people.map(({ email, name, state, roles }) => [email, name, state, rolesText(roles)])
          const machines = tokens.map(({ id, name, expiresAt, revoked, roles }) => {
            const until = revoked ? 'revoked' : `until ${expiresAt.toISOString().slice(0, 10)}`
            return [`token ${id}`, name, until, rolesText(roles)]
          })
          const head = ['who', 'name', 'state', 'roles']
          cli.terminal.out(`${columns([head, ...rows, ...machines]).join('\n')}\n`)
        }
        return 0
      }),
    ),
  )
}

function registerInvite(staff: Command, cli: Cli): void {
  const command = staff.command('invite').description('Makes a link by which somebody joins, once, within three days')
  command.requiredOption('--email <address>', 'whose link it is; for somebody of the staff it is the way back in')
  command.option('--name <name>', 'how the others see them')
  command.addOption(roleOption())
  withStaffOptions(command, 'kept staff invite --role administrator --email jo@example.org').action(
    cli.action((options: RoleOptions & { readonly email: string; readonly name?: string }) =>
      withStaff(cli.terminal, options, async ({ tables, tenant, publicAddress, database }) => {
        const roles = rolesGiven(options.role)
        const { email, name } = options
        const made = await invite(tables, { email, tenant, roles, ...(name === undefined ? {} : { name }) })
        await database.append([fact('staff.invited/1', { staff: database.staff(made.staff), roles })])
        const link = publicAddress + joinPath(made.secret)
        if (options.json) printJson(cli.terminal, { staff: made.staff, link, expires: made.expiresAt.toISOString() })
        else
          cli.terminal.out(`Give this link to ${email}, and to nobody else. It works once, for three days:\n${link}\n`)
        return 0
      }),
    ),
  )
}

function registerRoles(staff: Command, cli: Cli): void {
  const command = staff
    .command('roles')
    .argument('<who>', 'address or id')
    .description('Replaces the roles of somebody')
  command.addOption(roleOption())
  withStaffOptions(command, 'kept staff roles jo@example.org --role agent --role auditor').action(
    cli.action((who: string, options: RoleOptions) =>
      withStaff(cli.terminal, options, async ({ tables, tenant, database }) => {
        const roles = rolesGiven(options.role)
        const { id, email } = await staffAccount(tables, who)
        await changeRoles(tables, id, tenant, roles)
        await database.append([fact('staff.roles/1', { staff: database.staff(id), roles })])
        if (options.json) printJson(cli.terminal, { staff: id, tenant, roles })
        else cli.terminal.out(`${email}: ${roles.join(', ')}.\n`)
        return 0
      }),
    ),
  )
}

function registerDisable(staff: Command, cli: Cli): void {
  const command = staff.command('disable').argument('<who>', 'address or id')
  command.description('Ends all sessions of somebody and lets them in no more, until they are invited again')
  withStaffOptions(command, 'kept staff disable jo@example.org').action(
    cli.action((who: string, options: StaffOptions) =>
      withStaff(cli.terminal, options, async ({ tables, database }) => {
        const { id, email } = await staffAccount(tables, who)
        await disableStaff(tables, id)
        await database.append([fact('staff.disabled/1', { staff: database.staff(id) })])
        if (options.json) printJson(cli.terminal, { staff: id, state: 'disabled' })
        else cli.terminal.out(`${email}: disabled.\n`)
        return 0
      }),
    ),
  )
}

interface TokenOptions extends RoleOptions {
  readonly name?: string
  readonly days: number
  readonly revoke?: string
}

function registerToken(staff: Command, cli: Cli): void {
  const command = staff.command('token').description('Makes a token for a machine and shows it once, or revokes one')
  command.option('--name <name>', 'what the machine is')
  command.option('--days <number>', 'how long it is good', readDays, 90)
  command.option('--revoke <id>', 'ends the token of this id at once')
  command.addOption(roleOption())
  withStaffOptions(command, 'kept staff token --name reporting --role auditor --days 90').action(
    cli.action((options: TokenOptions) =>
      withStaff(cli.terminal, options, async ({ tables, tenant, database }) => {
        const { revoke, days, name } = options
        if (revoke !== undefined) {
          await revokeToken(tables, revoke)
          await database.append([fact('staff.token/1', { token: revoke, act: 'revoked', roles: [] })])
          if (options.json) printJson(cli.terminal, { token: revoke, revoked: true })
          else cli.terminal.out(`Token ${revoke}: revoked.\n`)
          return 0
        }
        const roles = rolesGiven(options.role)
        const made = await makeToken(tables, { name: name ?? 'machine', tenant, roles, days })
        await database.append([fact('staff.token/1', { token: made.id, act: 'made', roles })])
        const { id, secret } = made
        const expires = made.expiresAt.toISOString()
        if (options.json) printJson(cli.terminal, { token: id, secret, expires })
        else cli.terminal.out(`Token ${id}, until ${expires.slice(0, 10)}. It is shown once:\n${secret}\n`)
        return 0
      }),
    ),
  )
}

function withStaffOptions(command: Command, example: string): Command {
  command.option('--config <file>', 'the configuration of the server; default: kept.server.yaml, where there is one')
  command.option('--tenant <name>', 'for which tenant; default: the first of the configuration')
  return common(command, example)
}

function roleOption(): Option {
  return new Option('--role <role>', `${ROLES.join(', ')}; repeatable`)
    .argParser(collect((value: string) => value))
    .default([], 'none')
}

/** At least one role, each a known one. Fault `staff.unknown-role`. */
function rolesGiven(words: readonly string[]): Role[] {
  const known = words.filter(isRole)
  if (known.length !== words.length || known.length === 0) throw unknownRole()
  return [...new Set(known)]
}

function readDays(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Days are a whole number.')
}

function rolesText(roles: StaffAccount['roles']): string {
  const all = Object.entries(roles).map(([tenant, some]) => `${tenant}: ${some.join(', ')}`)
  return all.join('; ') || 'none'
}
