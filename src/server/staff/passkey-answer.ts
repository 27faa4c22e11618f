import { z } from 'zod'

// Web Authentication Level 3 §5.1.8: bytes as base64url. A key's certificate chain is the longest part.
const bytes = z
  .string()
  .max(32_768)
  .regex(/^[A-Za-z0-9_-]*$/)
const identity = {
  id: bytes.min(1).max(2048),
  rawId: bytes.min(1).max(2048),
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string().max(64), z.unknown()),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).exactOptional(),
}

/** What a browser answers when somebody shows a passkey (AuthenticationResponseJSON); other members are dropped. */
export const passkeyAnswer = z.object({
  ...identity,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.exactOptional(),
  }),
})
export type PasskeyAnswer = z.infer<typeof passkeyAnswer>

/** What a browser answers when a passkey was made (RegistrationResponseJSON). */
export const newPasskey = z.object({
  ...identity,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(10)
      .exactOptional(),
  }),
})
export type NewPasskey = z.infer<typeof newPasskey>
