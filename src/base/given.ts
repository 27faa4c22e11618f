/** The same record without what is undefined: an optional property is absent or has a value. */
export type Given<Parts> = {
  [Key in keyof Parts as undefined extends Parts[Key] ? never : Key]: Parts[Key]
} & {
  [Key in keyof Parts as undefined extends Parts[Key] ? Key : never]?: Exclude<Parts[Key], undefined>
}

export const given = <Parts extends object>(parts: Parts): Given<Parts> =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Given<Parts>
