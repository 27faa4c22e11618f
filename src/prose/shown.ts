/** What a reader sees of a stretch of a file, each character tied to the place in the file it stands for. */
export interface ShownText {
  readonly text: string
  /** Offset in the file where what character i stands for begins (UTF-16 units, from 0). */
  readonly from: readonly number[]
  /** Offset in the file just after what character i stands for. */
  readonly to: readonly number[]
}

/** Collects shown characters with their places; `text` and the two lists always have one length. */
export class ShownBuilder {
  private readonly parts: string[] = []
  private readonly from: number[] = []
  private readonly to: number[] = []

  get length(): number {
    return this.from.length
  }

  /** Adds `shown`, all of which stands for the file's `from` to `to`. */
  add(shown: string, from: number, to: number): void {
    for (let index = 0; index < shown.length; index += 1) {
      this.parts.push(shown.charAt(index))
      this.from.push(from)
      this.to.push(to)
    }
  }

  /** Adds the file's own characters `from` to `to`, one for one. */
  copy(source: string, from: number, to: number): void {
    for (let index = from; index < to; index += 1) this.add(source.charAt(index), index, index + 1)
  }

  /** Lets the characters from `first` on stand for the file from `start` to `end` (a link with its address). */
  cover(first: number, start: number, end: number): void {
    if (first >= this.from.length) return
    this.from[first] = start
    this.to[this.to.length - 1] = end
  }

  build(): ShownText {
    return { text: this.parts.join(''), from: this.from, to: this.to }
  }
}

/** The shown text from character `start` to `end`, without white space at its ends; undefined when nothing is left. */
export function cut(shown: ShownText, start: number, end: number): ShownText | undefined {
  let first = start
  let last = end
  while (first < last && /\s/u.test(shown.text.charAt(first))) first += 1
  while (last > first && /\s/u.test(shown.text.charAt(last - 1))) last -= 1
  if (first === last) return undefined
  return { text: shown.text.slice(first, last), from: shown.from.slice(first, last), to: shown.to.slice(first, last) }
}

/** A stretch of a document that stands on its own: a heading, a paragraph, a list item. */
export interface Block {
  readonly kind: 'heading' | 'paragraph' | 'item' | 'note'
  /** 1 for the outermost heading; 0 for what is no heading. */
  readonly level: number
  readonly shown: ShownText
  /** Shown characters of a bold label that runs into the text, its punctuation included; 0 without one. */
  readonly runIn: number
}
