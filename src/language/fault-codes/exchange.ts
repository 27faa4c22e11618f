import type { FaultMeaning } from './index.ts'

/** Files of other tools. */
export const exchangeCodes: Readonly<Record<string, FaultMeaning>> = {
  'exchange.not-fideslang': {
    what: 'A file holds no systems, datasets or organizations of Fideslang.',
    mend: 'Name a YAML file with `system:`, `dataset:` or `organization:` at its top.',
  },
  'exchange.bad-fideslang': {
    what: 'An entry is not of the shape that Fideslang gives it.',
    mend: 'The fault names the place; Fides refuses the file too.',
  },
  'exchange.no-dataset': {
    what: 'The files hold no dataset, or several.',
    mend: 'Name one by `--dataset KEY`.',
  },
  'exchange.no-such-file': {
    what: 'A file was named whose ending no file of the format has.',
    mend: 'Name a folder, or a file with the ending that the fault names.',
  },
  'exchange.file-exists': {
    what: 'A draft would be written over a file that is there.',
    mend: 'Name another place by `--out`, or move the file away.',
  },
}
