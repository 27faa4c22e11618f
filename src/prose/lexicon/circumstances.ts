/** Turns of meaning: modality, negation, exceptions, conditions, reference back (fragments over the normal form). */
export const circumstances: Readonly<Record<string, readonly string[]>> = {
  negation: ['not', 'never', 'no', 'nor', 'neither', 'without', 'nobody', 'cannot', 'none'],
  except: ['except', 'unless', 'other than', 'only if', 'only where', 'only when', 'only in the', 'but only', 'save (?:for|where|that|as)', 'apart from', 'excluding', 'even if', 'unless otherwise', 'not overridden', 'subject to', 'but not'],
  'may-word': ['may', 'might', 'can', 'could', 'reserves? the right', 'sometimes', 'occasionally'],
  'reserve-right': ['reserves? the right', 'at (?:our|its) (?:sole )?discretion', 'sole discretion'],
  'refers-back': ['^(?:however,? |also,? |in addition,? |for example,? )?(?:such|this|these|those|they|it|that|the same) ', '(?:such|this|these|those) (?:information|data|technolog|compan|part|provider|vendor|contractor|measure|request|entit|servic|cookie|feature|change|purpose|case|instance|countr|log|function|site|use)\\w*'],
  example: ['^for (?:example|instance)', 'e\\.g\\.'],
  purpose: ['(?:in order )?to (?!you|us|the|our|your|any|a |an |third|other|this|these|such|be|do|have|which|it|them|their|\\w+ing|law|comply with (?:the )?request)\\w+', 'for (?:the |our |these |those |such |various |internal |any |other )*(?:\\w+ )?purposes?', 'so (?:that )?we can', 'in order to', 'used (?:in|for)', 'helps? us', 'for (?:marketing|analytics|research|billing|support|security|statistical|internal|business)'],
  'if-you': ['if you', 'when you', 'where you', 'once you', 'should you', 'in case you', 'unless you', 'whenever you'],
  right: ['(?:have|has) (?:the|a|certain|additional|several) (?:\\w+ )?rights?', 'right (?:to|of)', 'your rights', 'you (?:may|can) (?:\\w+ ){0,3}(?:request|ask|exercise|obtain|require)', 'entitled to', 'request (?:that|to|the|access|deletion|removal|correction|a copy)', 'rights', 'you would like us to', 'upon request', 'on request', 'permits you', 'data subject'],
  'this-request': ['(?:make|submit|exercise|send|file) (?:such |this |these |that |a |an |your |any )?(?:of (?:the|these|those|your) )?(?:\\w+ )?(?:requests?|rights?)', 'to exercise', 'your request', 'such (?:a )?request', 'the request', 'exercise (?:any|your|one|these)'],
}
