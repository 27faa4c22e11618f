/** Programs that tests run for real and that Debian packages: one that is installed, else installed by apt-get where that may be used. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The command that may install packages here: root runs it itself, others only by a sudo that asks no password. */
export async function installer(): Promise<string[] | undefined> {
  try {
    await run('apt-get', ['--version'])
  } catch {
    return undefined
  }
  if (process.getuid?.() === 0) return ['apt-get']
  try {
    await run('sudo', ['-n', 'true'])
    return ['sudo', '-n', 'apt-get']
  } catch {
    return undefined
  }
}

/** Installs packages; rejects when apt-get cannot. */
export async function installPackages(command: readonly string[], packages: readonly string[]): Promise<void> {
  // Nothing that is installed starts a service of its own: tests start what they need, and stop it.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const [program = 'apt-get', ...rest] = command
  const apt = (...args: string[]) => run(program, [...rest, ...args], { env, maxBuffer: 64 * 1024 * 1024 })
  await apt('update')
  await apt('install', '-y', '--no-install-recommends', ...packages)
}

/** True when all programs are here, installed first where that may be done; else what to install is printed, and false. */
export async function havePrograms(programs: readonly string[], packages: readonly string[]): Promise<boolean> {
  const present = () => programs.every((program) => existsSync(program))
  if (present()) return true
  const command = await installer()
  if (command !== undefined) {
    console.log(`Installing the packages ${packages.join(', ')} by apt-get …`)
    await installPackages(command, packages).catch(() => undefined)
  }
  if (present()) return true
  console.log(`Not here: ${programs.join(', ')}. Install them (Debian, Ubuntu: apt-get install ${packages.join(' ')}).`)
  return false
}
