/** A sentence in one spelling: small letters, straight quotes, the vendor as "we", one word for one thing; for meaning only, never shown. */
export function normalForm(text: string, vendor: RegExp | undefined): string {
  let form = text
    .slice(0, LONGEST)
    .replace(/^[>#\s*_|•–-]+|\\(?=[.)])/gu, '')
    .replace(/[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}/gu, '')
    .replace(/[“”„«»]/gu, '"')
    .replace(/[‘’`´]/gu, "'")
    .replace(/[‐‑–—]/gu, '-')
  if (vendor !== undefined) form = form.replace(vendor, (name) => (/['’]s?$/u.test(name) ? 'our' : 'we'))
  form = form.toLowerCase().replace(/\s+/gu, ' ')
  for (const [from, to] of SPELLINGS) form = form.replace(from, to)
  return form.trim()
}

/** A longer sentence is read only this far: no rule needs more, and time stays bounded on hostile input. */
const LONGEST = 3000

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\be-mail/gu, 'email'],
  [/\be-newsletter/gu, 'newsletter'],
  [/\bweb[ -]sites?\b/gu, 'website'],
  [/\bwebsites\b/gu, 'website'],
  [/\bweb ?pages?\b/gu, 'web page'],
  [/\bthird[- ]part(?=y|ies)/gu, 'third part'],
  [/\bon-line\b/gu, 'online'],
  [/\bopt(?:ing)?[ -]out\b/gu, 'opt-out'],
  [/\bopted[ -]out\b/gu, 'opt-out'],
  [/\bopt(?:ing|ed)?[ -]in\b/gu, 'opt-in'],
  [/\bend[ -]users?\b/gu, 'user'],
  [/\bsub-?processor/gu, 'subprocessor'],
  [/\bpersonally[- ](?:identifiable|identifying|identified) (?:data|information|info)\b/gu, 'personal information'],
  [
    /\b(?:individually identifiable|personally-identifiable|identifiable personal) (?:data|information)\b/gu,
    'personal information',
  ],
  [/\bpersonal (?:data|info|details|particulars)\b/gu, 'personal information'],
  [/\bpii\b/gu, 'personal information'],
  [/\b(?:including|included),? (?:but not limited to|without limitation|among others?),?/gu, 'including'],
  [/\bincludes?,? but (?:is|are) not limited to,?/gu, 'includes'],
  // "the information about you that we collect" names data; it tells of no collecting.
  [
    /\b(?:the |any |all |certain )?(?:personal )?(?:information|data)(?: about you)?(?:,? (?:that|which))? (?:we|you|they)(?: may| might| will)?(?: have| has)?(?: automatically| directly| otherwise| knowingly)?(?: (?:collect|collected|gather|gathered|receive|received|obtain|obtained|hold|held|have|process|store|provide|provided|submit|submitted|give|gave|given|volunteer|keep|maintain|use)(?:,| and| or| and\/or| \/)?){1,4}(?: (?:to us|about you|from you|on you|about us|through the services?))?(?: or that you (?:have )?(?:submit|submitted|provide|provided))?(?=[ ,.;:)]|$)/gu,
    'your information',
  ],
  [
    /\b(?:the |any |all |certain )?(?:personal )?(?:information|data) (?:collected|gathered|received|obtained|submitted|provided|volunteered|held|stored|supplied)(?: (?:from|by|about|through|on|to|via) (?:you|us|we|our website|our site|individuals|users|customers|this website|this site|google analytics|our services?)\b)+/gu,
    'your information',
  ],
  [/\b(?:our|the) (?:company|organi[sz]ation|firm|group)'s\b/gu, 'our'],
  [
    /\b(?:our|the) (?:company|organi[sz]ation) (?=(?:may|will|is|are|has|does|can|uses?|collects?|identif|would|shall|shares?|stores?|keeps?|seeks?|provides?|cannot|and third))/gu,
    'we ',
  ],
  [/\bour company\b/gu, 'we'],
  [
    /\b(?:this|our|the) (?:website|site|app|platform|application) (?=(?:may|will|has|does|uses?|collects?|employs?|shares?|takes?)\b)/gu,
    'we ',
  ],
  [/\bprivacy (?:statement|notice|declaration|policy statement)\b/gu, 'privacy policy'],
  [/\bso-called /gu, ''],
  [/\bcan ?not\b/gu, 'cannot'],
  [/\bwon't\b/gu, 'will not'],
  [/\bcan't\b/gu, 'cannot'],
  [/\b(do|does|is|are|did|would|has|have)n't\b/gu, '$1 not'],
  [/\bwe're\b/gu, 'we are'],
  [/\bwe've\b/gu, 'we have'],
  [/\bwe'll\b/gu, 'we will'],
  [/\byou're\b/gu, 'you are'],
  [/\byou've\b/gu, 'you have'],
  [/\byou'd\b/gu, 'you would'],
]
