import { declaredKind } from '../declared-kind.ts'
import { devicesEntry, devicesForms, devicesMisstatements } from './vocabulary.ts'

export const devices = declaredKind({
  key: 'devices',
  heading: 'Devices',
  says: 'telemetry by configuration, location, remote control, wipe',
  entry: devicesEntry,
  forms: devicesForms,
  names: { data: ['data', 'never'], purposes: ['for'] },
  misstatements: devicesMisstatements,
  absent: {
    wording: 'its sentences stand in the words files of the notice, one a language',
    enforce: 'the intake gate for devices is not built yet',
    verify: 'no test device is connected yet',
  },
})
