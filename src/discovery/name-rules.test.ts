import { expect, it } from 'vitest'
import { leadsToPerson, nameSays, namesMany, textName } from './name-rules.ts'
import { meaningsOf, piecesOf } from './words.ts'

const words = (name: string) => meaningsOf(piecesOf(name))

it.each([
  ['emailaddress', 'email'],
  ['adresse_courriel', 'email'],
  ['correo_electronico', 'email'],
  ['Geburtsdatum', 'date-of-birth'],
  ['date_naissance', 'date-of-birth'],
  ['fecha_nacimiento', 'date-of-birth'],
  ['data_nascita', 'date-of-birth'],
  ['data_urodzenia', 'date-of-birth'],
  ['voornaam', 'name'],
  ['nazwisko', 'name'],
  ['custFirstName', 'name'],
  ['nomFamille', 'name'],
  ['telefoonnummer', 'phone'],
  ['tel_nr', 'phone'],
  ['numero_telefone', 'phone'],
  ['postleitzahl', 'address'],
  ['cod_postal', 'address'],
  ['clientIp', 'ip-address'],
  ['pwd_hash', 'credential'],
  ['creditCardNumber', 'payment'],
  ['email_verified', undefined],
  ['phone_type', undefined],
  ['email_token', 'credential'],
  ['content_model', undefined],
  ['is_email_public', undefined],
  ['address_id', undefined],
  ['quantity', undefined],
])('reads %s as %s', (name, category) => {
  expect(nameSays(words(name))?.category).toBe(category)
})

it.each([
  ['customer_id', true],
  ['id_cliente', true],
  ['lastUpdatedBy', true],
  ['memberid', true],
  ['eigentuemer', false],
  ['customer_group_id', false],
  ['user_count', false],
  ['sorted_by', true],
])('tells whether %s leads to people', (name, leads) => {
  expect(leadsToPerson(words(name))).toBe(leads)
})

it('tells counts of people from people', () => {
  expect(['active_users', 'members', 'status', 'user_address', 'owner', 'bus'].map(namesMany)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})

it('tells what people write from what is said about it', () => {
  expect(
    ['kommentar', 'msg_body', 'message_type', 'is_note', 'descripcion'].map((name) => textName(words(name))),
  ).toEqual([2, 2, 0, 0, 1])
})
