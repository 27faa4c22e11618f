import type { Page } from 'playwright-core'
import { codeOf } from '../server/staff-house.ts'

export const PASSWORD = 'seven quiet herons by the weir'

/** Joins by a one-time link with a password and an authenticator app, as a person would; answers the app's secret. */
export async function join(page: Page, link: string, name = 'Jo Brandt'): Promise<string> {
  await page.goto(link)
  const email = page.getByLabel('E-mail address')
  if (await email.isVisible()) await email.fill('jo@larkspur.example')
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Go on with a password' }).click()
  const secret = ((await page.locator('#secret').textContent()) ?? '').replaceAll(' ', '')
  await page.getByLabel('Code').fill(codeOf(secret))
  await page.getByRole('button', { name: 'Finish' }).click()
  await page.waitForURL(/\/staff\/?$|\/admin/)
  return secret
}
