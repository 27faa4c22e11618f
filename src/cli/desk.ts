import type { Readable, Writable } from 'node:stream'
import { printable } from './tell/columns.ts'

/** Where a person is asked: keys come in, questions go out. */
export interface Keyboard {
  readonly input: Readable
  readonly output: Writable
}

type Prompts = typeof import('@clack/prompts')

/** The person ended it; what was decided before stays decided. */
export class Ended extends Error {}

/** The prompts of one review, all on one keyboard; words from elsewhere are shown without control characters. */
export class Desk {
  private readonly prompts: Prompts
  private readonly keyboard: Keyboard

  private constructor(prompts: Prompts, keyboard: Keyboard) {
    this.prompts = prompts
    this.keyboard = keyboard
  }

  /** Loads the prompts: they are needed by nothing but a review on a terminal. */
  static async open(keyboard: Keyboard): Promise<Desk> {
    return new Desk(await import('@clack/prompts'), keyboard)
  }

  say(text: string): void {
    this.prompts.intro(printable(text), this.keyboard)
  }

  note(text: string, title: string): void {
    this.prompts.note(printable(text), printable(title), this.keyboard)
  }

  end(text: string): void {
    this.prompts.outro(text, this.keyboard)
  }

  async choose(
    message: string,
    options: readonly { readonly value: string; readonly label?: string; readonly hint?: string }[],
  ): Promise<string> {
    const asked = { message: printable(message), options: [...options], maxItems: 12, ...this.keyboard }
    const chosen = await this.prompts.select<string>(asked)
    if (typeof chosen === 'symbol') throw new Ended()
    return chosen
  }

  async write(message: string, initialValue: string, empty = false): Promise<string> {
    const validate = (value: string | undefined) => (empty || value?.trim() ? undefined : 'It cannot stay empty.')
    const written = await this.prompts.text({ message: printable(message), initialValue, validate, ...this.keyboard })
    if (typeof written === 'symbol') throw new Ended()
    return (written ?? '').trim()
  }

  async agree(message: string): Promise<boolean> {
    const agreed = await this.prompts.confirm({ message, initialValue: false, ...this.keyboard })
    if (typeof agreed === 'symbol') throw new Ended()
    return agreed
  }
}
