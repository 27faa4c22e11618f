import type { SentenceState } from '../../src/status/sentences.ts'
import type { Tone } from '../parts/badge.tsx'

export const STANDINGS: Record<SentenceState, { readonly word: string; readonly tone: Tone; readonly means: string }> =
  {
    kept: { word: 'kept', tone: 'good', means: 'enforced, and a probe saw that it holds' },
    broken: { word: 'broken', tone: 'bad', means: 'a probe saw that it does not hold' },
    unproven: { word: 'unproven', tone: 'warn', means: 'nothing has shown yet whether it holds' },
    task: { word: 'task', tone: 'warn', means: 'a person has to do something for it' },
    'not-a-promise': { word: 'no promise', tone: 'calm', means: 'says something, promises nothing' },
  }
