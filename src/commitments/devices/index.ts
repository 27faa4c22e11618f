import { acceptedKind } from '../accepted-kind.ts'

export const devices = acceptedKind('devices', 'Devices', 'telemetry by configuration, location, remote control, wipe')
