/** Nouns that make a phrase a kind of data: [DPV 2.3 term, singular nouns]; used where no listed word names the phrase more closely. */
const HEADS: readonly (readonly [string, string])[] = [
  ['pd:Identifying', 'identifier id identification fingerprint signature ssn'],
  ['pd:Name', 'name surname initials'],
  ['pd:Contact', 'email phone telephone fax contact'],
  ['pd:PhysicalAddress', 'address residence city state region country street zip postcode'],
  ['pd:Location', 'location position coordinate gps whereabouts zone timezone'],
  ['pd:BirthDate', 'birthday birth'],
  ['pd:Age', 'age'],
  ['pd:Gender', 'gender sex'],
  ['pd:Nationality', 'nationality citizenship'],
  ['pd:Ethnicity', 'ethnicity race'],
  ['pd:ReligiousBelief', 'religion belief'],
  ['pd:Opinion', 'opinion feedback answer response rating review comment suggestion'],
  [
    'pd:Health',
    'health diagnosis condition medication medicine allergy allergie treatment test result prescription disability symptom sleep',
  ],
  ['pd:Education', 'education qualification degree school grade'],
  ['pd:WorkHistory', 'background experience resume cv résumé'],
  ['pd:Professional', 'occupation profession title role industry employer employment'],
  ['pd:WorkEnvironment', 'company organization organisation'],
  ['pd:Income', 'income salary'],
  ['pd:Financial', 'balance debt tax credit billing payment finances'],
  ['pd:Transaction', 'transaction purchase order invoice'],
  ['pd:PaymentCardNumber', 'card'],
  ['pd:Password', 'password pin passphrase'],
  ['pd:Authenticating', 'credential token'],
  ['pd:Profile', 'profile account membership'],
  ['pd:Preference', 'preference favorite favourite interest setting choice language'],
  ['pd:Picture', 'photo photograph picture image video avatar'],
  ['pd:VoiceCommunicationRecording', 'voice audio recording call'],
  ['pd:Communication', 'message communication correspondence chat transcript ticket enquiry inquiry'],
  ['pd:PersonalDocuments', 'document file content upload'],
  ['pd:DeviceBased', 'device hardware model carrier network imei udid sim strength tower battery manufacturer mac'],
  ['pd:DeviceOperatingSystem', 'system platform'],
  ['pd:DeviceSoftware', 'software version crash error report diagnostic'],
  ['pd:DeviceApplications', 'application app'],
  ['pd:UserAgent', 'browser resolution size agent'],
  ['pd:BrowsingReferral', 'referrer referer url'],
  [
    'pd:BrowsingBehaviour',
    'view page click clickstream visit activity behavior behaviour search query term keyword link traffic website site movement',
  ],
  [
    'pd:ServiceConsumptionBehaviour',
    'usage pattern event metric duration frequency feature session interaction statistic length time',
  ],
  ['pd:Tracking', 'cookie beacon pixel timestamp stamp log date'],
  ['pd:Purchase', 'product service selection subscription item'],
  ['pd:SocialNetwork', 'friend follower list connection'],
  ['pd:FamilyStructure', 'family child dependent relationship'],
  [
    '',
    'information data detail number history record metadata attribute characteristic status type level rate code info answer plate licence license passport entry domain provider isp amount file story contribution grade score answer assignment detail referrer contact code key state step reason donation gift reference certificate portrait declaration',
  ],
]

const terms = new Map(HEADS.flatMap(([term, nouns]) => nouns.split(' ').map((noun) => [noun, term] as const)))

/** Nouns that are data wherever they stand, once a quality before them says which. */
export const STRONG_HEADS =
  'information|data|details|numbers?|addresses|identifiers?|ids?|credentials|history|records|logs|metadata|statistics|identification'

const strong = new RegExp(`^(?:${STRONG_HEADS})$`, 'u')

/** True when a phrase is data by its head alone: "usage data", "licence number"; "website" may be anything. */
export function isStrong(words: string, head: string): boolean {
  return words.includes(' ') && (strong.test(head) || strong.test(`${head}s`) || strong.test(`${head}es`))
}

const PLACES: ReadonlySet<string> = new Set(
  'website site service product newsletter upgrade software benefit session activity form account application contest area platform store shop item offer survey event network server party provider partner airline agent source organisation organization insurer hospital you us consent permission right'.split(
    ' ',
  ),
)

/** True when what a verb is done to is where or with what something happens, not what is collected. */
export function isPlace(head: string): boolean {
  return PLACES.has(head)
}

/** True when a phrase with this head (singular) names a kind of data. */
export function isDataHead(head: string): boolean {
  return terms.has(head)
}

/** DPV term for a head; undefined when the noun alone does not tell. */
export function termOfHead(head: string): string | undefined {
  const term = terms.get(head)
  return term === undefined || term === '' ? undefined : term
}
